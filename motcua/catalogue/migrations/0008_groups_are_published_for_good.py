"""What the database itself refuses: changing or deleting a published group (it can only be retired), and what was proposed or decided."""

from django.db import migrations

FORWARD = """
create function catalogue_group_is_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.retired_at is null and to_jsonb(new) - 'retired_at' = to_jsonb(old) - 'retired_at' then
        return new;
    end if;
    raise exception 'Nhóm thủ tục liên thông đã công bố không được sửa hoặc xóa (%).', old.id
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_group_is_frozen before update or delete on catalogue_interlinkedgroup
    for each row execute function catalogue_group_is_frozen();

create function catalogue_group_part_is_frozen() returns trigger language plpgsql as $$
begin
    raise exception 'Phần việc của nhóm đã công bố không được sửa hoặc xóa (%).', old.id
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_group_part_is_frozen before update or delete on catalogue_grouppart
    for each row execute function catalogue_group_part_is_frozen();

create function catalogue_group_proposal_is_frozen() returns trigger language plpgsql as $$
declare
    decision text[] := array['approved', 'note', 'decided_by', 'decider_name', 'decided_at'];
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - decision - 'group_id' = to_jsonb(old) - decision - 'group_id'
        and (old.approved is null or to_jsonb(new) - 'group_id' = to_jsonb(old) - 'group_id')
        and (old.group_id is null or new.group_id = old.group_id)
    then
        return new;
    end if;
    raise exception 'Đề nghị về nhóm liên thông chỉ được quyết định một lần, không được sửa hoặc xóa (%).', old.id
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_group_proposal_is_frozen before update or delete on catalogue_groupproposal
    for each row execute function catalogue_group_proposal_is_frozen();
"""
BACK = """
drop trigger catalogue_group_is_frozen on catalogue_interlinkedgroup;
drop function catalogue_group_is_frozen();
drop trigger catalogue_group_part_is_frozen on catalogue_grouppart;
drop function catalogue_group_part_is_frozen();
drop trigger catalogue_group_proposal_is_frozen on catalogue_groupproposal;
drop function catalogue_group_proposal_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_group_proposals")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
