"""What the database itself refuses: changing an event or a seal, moving a past stay, leaving a gap between stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION motcua_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% là sổ chỉ ghi thêm: không được sửa hay xoá', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON dossiers_event
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON dossiers_event
    FOR EACH STATEMENT EXECUTE FUNCTION motcua_append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON dossiers_seal
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();

CREATE FUNCTION motcua_stay_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.left_at IS NULL AND NEW.left_at IS NOT NULL
       AND (NEW.dossier_id, NEW.seq, NEW.state, NEW.office_id, NEW.entered_at)
           IS NOT DISTINCT FROM (OLD.dossier_id, OLD.seq, OLD.state, OLD.office_id, OLD.entered_at)
       AND (NEW.previous_seq, NEW.holder_id, NEW.step, NEW.due_at)
           IS NOT DISTINCT FROM (OLD.previous_seq, OLD.holder_id, OLD.step, OLD.due_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'một khoảng lưu hồ sơ chỉ có thể kết thúc, không sửa được' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER stay_only_ends BEFORE UPDATE ON dossiers_stay
    FOR EACH ROW EXECUTE FUNCTION motcua_stay_only_ends();
CREATE TRIGGER stay_no_delete BEFORE DELETE ON dossiers_stay
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();

ALTER TABLE dossiers_stay ADD CONSTRAINT stay_touches_the_one_before
    FOREIGN KEY (dossier_id, previous_seq, entered_at) REFERENCES dossiers_stay (dossier_id, seq, left_at);
"""

BACKWARD = """
ALTER TABLE dossiers_stay DROP CONSTRAINT stay_touches_the_one_before;
DROP TRIGGER stay_no_delete ON dossiers_stay;
DROP TRIGGER stay_only_ends ON dossiers_stay;
DROP FUNCTION motcua_stay_only_ends();
DROP TRIGGER seal_append_only ON dossiers_seal;
DROP TRIGGER event_no_truncate ON dossiers_event;
DROP TRIGGER event_append_only ON dossiers_event;
DROP FUNCTION motcua_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
