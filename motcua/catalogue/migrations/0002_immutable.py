"""A published version, its children, and a person's confirmation never change: the database itself refuses."""

from django.db import migrations

VERSION = """
create function catalogue_version_is_frozen() returns trigger language plpgsql as $$
begin
    if old.status = 'draft' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'UPDATE'
        and to_jsonb(new) - 'status' - 'valid_to' = to_jsonb(old) - 'status' - 'valid_to'
        and (new.status = old.status or (old.status = 'published' and new.status = 'retired'))
    then
        return new;
    end if;
    raise exception 'Phiên bản thủ tục đã công khai không được sửa hoặc xóa (phiên bản %).', old.id
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_version_is_frozen before update or delete on catalogue_procedureversion
    for each row execute function catalogue_version_is_frozen();
"""

# Which version the rows of a child table belong to.
CHILDREN = {
    "catalogue_procedurecase": "select version_id from {rows}",
    "catalogue_component": "select c.version_id from {rows} r join catalogue_procedurecase c on c.id = r.case_id",
    "catalogue_limitrow": "select version_id from {rows}",
    "catalogue_feerow": "select l.version_id from {rows} r join catalogue_limitrow l on l.id = r.limit_row_id",
}

CHILD = """
create function {table}_is_frozen() returns trigger language plpgsql as $$
begin
    if exists (select 1 from catalogue_procedureversion v where v.status <> 'draft' and v.id in ({versions})) then
        raise exception 'Nội dung của phiên bản thủ tục đã công khai không được thêm, sửa hoặc xóa ({table}).'
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger {table}_insert after insert on {table} referencing new table as changed
    for each statement execute function {table}_is_frozen();
create trigger {table}_delete after delete on {table} referencing old table as changed
    for each statement execute function {table}_is_frozen();
create function {table}_keeps() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from catalogue_procedureversion v
        where v.status <> 'draft' and v.id in ({before} union all {after})
    ) then
        raise exception 'Nội dung của phiên bản thủ tục đã công khai không được thêm, sửa hoặc xóa ({table}).'
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger {table}_update after update on {table} referencing old table as before new table as after
    for each statement execute function {table}_keeps();
"""

APPEND_ONLY = """
create function catalogue_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'Dòng này chỉ được thêm, không được sửa hoặc xóa (%).', tg_table_name
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_limitconfirmation_stays before update or delete on catalogue_limitconfirmation
    for each row execute function catalogue_is_append_only();
create trigger catalogue_feeconfirmation_stays before update or delete on catalogue_feeconfirmation
    for each row execute function catalogue_is_append_only();
create trigger catalogue_processstep_stays before update or delete on catalogue_processstep
    for each row execute function catalogue_is_append_only();
create function catalogue_process_is_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'retired_at' = to_jsonb(old) - 'retired_at' then
        return new;
    end if;
    raise exception 'Quy trình đã nhập không được sửa hoặc xóa (quy trình %).', old.id
        using errcode = 'restrict_violation';
end $$;
create trigger catalogue_process_is_frozen before update or delete on catalogue_process
    for each row execute function catalogue_process_is_frozen();
"""

UNDO = """
drop function catalogue_version_is_frozen() cascade;
drop function catalogue_is_append_only() cascade;
drop function catalogue_process_is_frozen() cascade;
"""


def child_sql(table: str, query: str) -> str:
    return CHILD.format(
        table=table,
        versions=query.format(rows="changed"),
        before=query.format(rows="before"),
        after=query.format(rows="after"),
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.RunSQL(VERSION + APPEND_ONLY, UNDO),
        *[
            migrations.RunSQL(
                child_sql(table, query),
                f"drop function {table}_is_frozen() cascade; drop function {table}_keeps() cascade;",
            )
            for table, query in CHILDREN.items()
        ],
    ]
