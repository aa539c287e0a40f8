"""The forms that the law wants reports in: II.05, II.06 and 07/BTP, each checked before it is shown."""
