"""What the database itself refuses: changing an amount, a line, a receipt or a close; a hole in a book of receipts."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION fees_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% là sổ chỉ ghi thêm: không được sửa hay xoá', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fees_entry_stays BEFORE UPDATE OR DELETE ON fees_entry
    FOR EACH ROW EXECUTE FUNCTION fees_append_only();
CREATE TRIGGER fees_line_stays BEFORE UPDATE OR DELETE ON fees_line
    FOR EACH ROW EXECUTE FUNCTION fees_append_only();
CREATE TRIGGER fees_receipt_stays BEFORE UPDATE OR DELETE ON fees_receipt
    FOR EACH ROW EXECUTE FUNCTION fees_append_only();
CREATE TRIGGER fees_receiptcancellation_stays BEFORE UPDATE OR DELETE ON fees_receiptcancellation
    FOR EACH ROW EXECUTE FUNCTION fees_append_only();
CREATE TRIGGER fees_cashclose_stays BEFORE UPDATE OR DELETE ON fees_cashclose
    FOR EACH ROW EXECUTE FUNCTION fees_append_only();

CREATE FUNCTION fees_bill_changes_state_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'phiếu thu % không được sửa hay xoá', OLD.reference USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fees_bill_stays BEFORE UPDATE OR DELETE ON fees_bill
    FOR EACH ROW EXECUTE FUNCTION fees_bill_changes_state_only();

CREATE FUNCTION fees_book_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'given_no' - 'closed_on' = to_jsonb(OLD) - 'given_no' - 'closed_on'
       AND NEW.given_no IN (OLD.given_no, OLD.given_no + 1) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'quyển biên lai % chỉ đếm lên từng số', OLD.serial USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fees_receiptbook_counts_up BEFORE UPDATE OR DELETE ON fees_receiptbook
    FOR EACH ROW EXECUTE FUNCTION fees_book_counts_up();

ALTER TABLE fees_receipt ADD CONSTRAINT receipt_touches_the_one_before
    FOREIGN KEY (book_id, previous_no) REFERENCES fees_receipt (book_id, number);
"""

BACKWARD = """
ALTER TABLE fees_receipt DROP CONSTRAINT receipt_touches_the_one_before;
DROP FUNCTION fees_book_counts_up() CASCADE;
DROP FUNCTION fees_bill_changes_state_only() CASCADE;
DROP FUNCTION fees_append_only() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
