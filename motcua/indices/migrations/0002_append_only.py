"""What was said of a table stays; nobody decides their own proposal; a table of the province is as it was approved."""

from django.db import migrations

TABLES = ("tableproposal", "tabledecision", "indicatortable", "indicator")
FORWARD = (
    "".join(
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON indices_{name} "
        "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
        for name in TABLES
    )
    + """
CREATE FUNCTION indices_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by = (SELECT proposed_by FROM indices_tableproposal WHERE id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'người đề nghị không tự phê duyệt' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER table_decided_by_a_second_person BEFORE INSERT ON indices_tabledecision
    FOR EACH ROW EXECUTE FUNCTION indices_second_person();

CREATE FUNCTION indices_table_was_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indices_tableproposal p JOIN indices_tabledecision d ON d.proposal_id = p.id AND d.approved
        WHERE p.id = NEW.proposal_id AND (p.scheme, p.valid_from) = (NEW.scheme, NEW.valid_from)
          AND p.valid_from > (d.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    ) THEN
        RAISE EXCEPTION 'bảng chỉ số phải đúng như đề nghị đã được phê duyệt trước ngày áp dụng'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER table_was_approved BEFORE INSERT ON indices_indicatortable
    FOR EACH ROW EXECUTE FUNCTION indices_table_was_approved();
"""
)
BACKWARD = (
    "DROP FUNCTION indices_table_was_approved() CASCADE; DROP FUNCTION indices_second_person() CASCADE;"
    + "".join(f"DROP TRIGGER {name}_append_only ON indices_{name};" for name in TABLES)
)


class Migration(migrations.Migration):
    dependencies = [("indices", "0001_tables"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
