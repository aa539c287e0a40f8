"""What the database itself refuses: a message, money or its outcome changed or gone, an order with another amount."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% chỉ ghi thêm: không được sửa hay xoá', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_told_stays BEFORE UPDATE OR DELETE ON payments_told
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();
CREATE TRIGGER payments_money_stays BEFORE UPDATE OR DELETE ON payments_money
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();
CREATE TRIGGER payments_outcome_stays BEFORE UPDATE OR DELETE ON payments_outcome
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();
CREATE TRIGGER payments_givenback_stays BEFORE UPDATE OR DELETE ON payments_givenback
    FOR EACH ROW EXECUTE FUNCTION payments_append_only();

CREATE FUNCTION payments_order_keeps_its_amount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['state', 'asked', 'asked_at', 'next_ask_at']
           = to_jsonb(OLD) - ARRAY['state', 'asked', 'asked_at', 'next_ask_at']
       AND (OLD.state <> 'paid' OR NEW.state = 'paid') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'lệnh thanh toán % không được sửa hay xoá', OLD.number USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payments_order_stays BEFORE UPDATE OR DELETE ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_order_keeps_its_amount();
"""

BACKWARD = """
DROP FUNCTION payments_order_keeps_its_amount() CASCADE;
DROP FUNCTION payments_append_only() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
