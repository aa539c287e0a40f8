"""How long a password has to be, said in the reader's language: Django's own sentence has no Vietnamese one."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters; of which kinds doesn't matter."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(least)s ký tự.") % {"least": self.min_length}
