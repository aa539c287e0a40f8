"""What the database itself refuses: changing or deleting an issued form. Only its file may follow, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION motcua_form_only_gets_its_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.file_id IS NULL AND NEW.file_id IS NOT NULL
       AND to_jsonb(NEW) - '{file_id,sha256,sealed_with_id}'::text[]
           = to_jsonb(OLD) - '{file_id,sha256,sealed_with_id}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'phiếu đã phát hành không sửa được' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER form_only_gets_its_file BEFORE UPDATE ON forms_issuedform
    FOR EACH ROW EXECUTE FUNCTION motcua_form_only_gets_its_file();
CREATE TRIGGER form_no_delete BEFORE DELETE ON forms_issuedform
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""

BACKWARD = """
DROP TRIGGER form_no_delete ON forms_issuedform;
DROP TRIGGER form_only_gets_its_file ON forms_issuedform;
DROP FUNCTION motcua_form_only_gets_its_file();
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
