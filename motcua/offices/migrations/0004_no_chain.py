"""A delegation is not handed on, and the same thing is not delegated to two people at once. Also on races."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION motcua_delegation_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('offices_delegation'::regclass::int, NEW.office_id::int);
    IF EXISTS (
        SELECT FROM offices_delegation d
        WHERE d.id <> NEW.id AND d.office_id = NEW.office_id
          AND (d.to_account_id = NEW.from_account_id OR d.from_account_id = NEW.to_account_id)
          AND daterange(d.valid_from, d.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'delegation_no_chain: người được ủy quyền không được ủy quyền lại'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_no_chain';
    END IF;
    IF EXISTS (
        SELECT FROM offices_delegation d
        WHERE d.id <> NEW.id AND d.office_id = NEW.office_id AND d.from_account_id = NEW.from_account_id
          AND daterange(d.valid_from, d.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
          AND (d.procedures && NEW.procedures OR d.fields && NEW.fields
               OR d.procedures = '{}' AND d.fields = '{}' OR NEW.procedures = '{}' AND NEW.fields = '{}')
    ) THEN
        RAISE EXCEPTION 'delegation_once_at_a_time: việc này đã được ủy quyền trong những ngày đó'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_once_at_a_time';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER delegation_holds BEFORE INSERT OR UPDATE ON offices_delegation
    FOR EACH ROW EXECUTE FUNCTION motcua_delegation_holds();
"""
BACKWARD = """
DROP TRIGGER delegation_holds ON offices_delegation;
DROP FUNCTION motcua_delegation_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0003_powers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
