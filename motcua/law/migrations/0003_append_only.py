"""What the database itself refuses: changing what was said, deciding one's own proposal, a value without approval or
from a day that has begun; of a regime only its open end may be set."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION law_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% là sổ chỉ ghi thêm: không được sửa hay xoá', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER parameter_append_only BEFORE UPDATE OR DELETE ON law_regimeparameter
    FOR EACH ROW EXECUTE FUNCTION law_append_only();
CREATE TRIGGER proposal_append_only BEFORE UPDATE OR DELETE ON law_proposal
    FOR EACH ROW EXECUTE FUNCTION law_append_only();
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON law_decision
    FOR EACH ROW EXECUTE FUNCTION law_append_only();
CREATE TRIGGER revision_append_only BEFORE UPDATE OR DELETE ON law_revision
    FOR EACH ROW EXECUTE FUNCTION law_append_only();
CREATE TRIGGER regime_no_delete BEFORE DELETE ON law_regime
    FOR EACH ROW EXECUTE FUNCTION law_append_only();

CREATE FUNCTION law_regime_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_to IS NULL AND to_jsonb(NEW) - 'valid_to' = to_jsonb(OLD) - 'valid_to' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'chế độ pháp lý chỉ có thể kết thúc, không sửa được (%)', OLD.code
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER regime_only_ends BEFORE UPDATE ON law_regime
    FOR EACH ROW EXECUTE FUNCTION law_regime_only_ends();

CREATE FUNCTION law_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by = (SELECT proposed_by FROM law_proposal WHERE id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'người đề nghị không tự phê duyệt' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_by_a_second_person BEFORE INSERT ON law_decision
    FOR EACH ROW EXECUTE FUNCTION law_second_person();

CREATE FUNCTION law_value_was_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.scope <> 'preset' AND NOT EXISTS (
        SELECT 1 FROM law_proposal p JOIN law_decision d ON d.proposal_id = p.id AND d.approved
        WHERE p.id = NEW.proposal_id
          AND (p.regime_id, p.scope, p.target, p.key, p.ends, p.valid_from)
              = (NEW.regime_id, NEW.scope, NEW.target, NEW.key, NEW.ends, NEW.valid_from)
          AND p.value IS NOT DISTINCT FROM NEW.value
          AND p.valid_from > (d.decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    ) THEN
        RAISE EXCEPTION 'giá trị của tỉnh phải đúng như đề nghị đã được phê duyệt trước ngày áp dụng'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parameter_was_approved BEFORE INSERT ON law_regimeparameter
    FOR EACH ROW EXECUTE FUNCTION law_value_was_approved();
"""

BACKWARD = """
DROP FUNCTION law_value_was_approved() CASCADE;
DROP FUNCTION law_second_person() CASCADE;
DROP FUNCTION law_regime_only_ends() CASCADE;
DROP FUNCTION law_append_only() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("law", "0002_dated_values")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
