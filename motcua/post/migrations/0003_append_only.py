"""What the database itself refuses: changing a hand-over or a parcel's facts, a gap in the chain of custody."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION post_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'post_parcel' AND TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% là sổ chỉ ghi thêm: không được sửa hay xoá', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
UPDATE post_parcel SET state = 'arrived' WHERE direction = 'in';
CREATE TRIGGER post_custody_stays BEFORE UPDATE OR DELETE ON post_custody
    FOR EACH ROW EXECUTE FUNCTION post_append_only();
CREATE TRIGGER post_parcel_stays BEFORE UPDATE OR DELETE ON post_parcel
    FOR EACH ROW EXECUTE FUNCTION post_append_only();

ALTER TABLE post_custody ADD CONSTRAINT custody_touches_the_one_before
    FOREIGN KEY (parcel_id, previous_seq, from_holder, from_name)
    REFERENCES post_custody (parcel_id, seq, to_holder, to_name);
"""

BACKWARD = """
ALTER TABLE post_custody DROP CONSTRAINT custody_touches_the_one_before;
DROP FUNCTION post_append_only() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0002_custody")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
