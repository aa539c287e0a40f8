"""What the database itself refuses: changing an event, changing what came in, a hole in the numbers of a year."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER petitionevent_append_only BEFORE UPDATE OR DELETE ON petitions_petitionevent
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();

CREATE FUNCTION petitions_keeps_what_came_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND
       (NEW.code, NEW.secret, NEW.way, NEW.received_at, NEW.person_name, NEW.person_phone, NEW.person_email,
        NEW.person_address, NEW.account_id, NEW.content, NEW.dossier_id, NEW.about_office_id, NEW.about_person,
        NEW.entered_by_id)
       IS NOT DISTINCT FROM
       (OLD.code, OLD.secret, OLD.way, OLD.received_at, OLD.person_name, OLD.person_phone, OLD.person_email,
        OLD.person_address, OLD.account_id, OLD.content, OLD.dossier_id, OLD.about_office_id, OLD.about_person,
        OLD.entered_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'phản ánh % không được sửa nội dung hay xoá', OLD.code USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER petition_keeps_what_came_in BEFORE UPDATE OR DELETE ON petitions_petition
    FOR EACH ROW EXECUTE FUNCTION petitions_keeps_what_came_in();

CREATE FUNCTION petitions_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.year = OLD.year AND NEW.last = OLD.last + 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'số phản ánh năm % chỉ đếm lên từng số', OLD.year USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER petitioncounter_counts_up BEFORE UPDATE OR DELETE ON petitions_petitioncounter
    FOR EACH ROW EXECUTE FUNCTION petitions_counts_up();
"""
BACKWARD = """
DROP FUNCTION petitions_counts_up() CASCADE;
DROP FUNCTION petitions_keeps_what_came_in() CASCADE;
DROP TRIGGER petitionevent_append_only ON petitions_petitionevent;
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
