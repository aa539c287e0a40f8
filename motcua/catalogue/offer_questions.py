"""What `offers` asks the database: the frame of a case with limits, fees, promises and turns; its papers; its steps."""

FRAME = """
select p.id, p.code, v.name, v.field, p.competent_key, v.id, v.number, v.status, c.title,
    (select array_agg(distinct w) from catalogue_limitrow l, unnest(l.channels) w where l.version_id = v.id),
    (select json_agg(json_build_object(
        'id', l.id, 'limit', l.limit, 'certain', l.certain, 'doubt', l.doubt, 'text', l.source_text, 'note', l.note,
        'confirmed', (
            select json_build_object('limit', k.limit, 'id', k.id, 'own', k.case_id is not null)
            from catalogue_limitconfirmation k
            where k.limit_row_id = l.id and (k.case_id is null or k.case_id = c.id)
            order by k.case_id is null, k.id desc limit 1),
        'fees', (
            select json_agg(json_build_array(f.id, f.kind, coalesce(k.amount_vnd, f.amount_vnd), f.currency, f.note,
                f.source_text, case when k.id is null then f.doubt else '' end) order by f.seq)
            from catalogue_feerow f left join lateral (
                select id, amount_vnd from catalogue_feeconfirmation k where k.fee_row_id = f.id order by id desc limit 1
            ) k on true
            where f.limit_row_id = l.id)
        ) order by l.seq)
     from catalogue_limitrow l
     where l.version_id = v.id and %(channel)s = any(l.channels) and (l.case_id is null or l.case_id = c.id)),
    (select json_agg(json_build_array(k.valid_from, k.case_seq is not null, k.committed, a.number)
        order by k.valid_from, k.id)
     from catalogue_commitment k join catalogue_legalact a on a.id = k.act_id
     where k.procedure_id = p.id and (k.case_seq is null or k.case_seq = c.seq)),
    (select json_agg(json_build_array(e."on", e.kind) order by e."on", e.id)
     from catalogue_lifeevent e where e.procedure_id = p.id and e.kind = any(%(turns)s)
     and not exists (select 1 from catalogue_lifeevent x where x.corrects_id = e.id))
from catalogue_procedurecase c
join catalogue_procedureversion v on v.id = c.version_id
join catalogue_procedure p on p.id = v.procedure_id
where c.id = %(case)s
"""
COMPONENTS = """
select m.id, m.name, m.section, m.form_name, m.originals, m.copies, m.mandatory, m.kind, m.channels, m.unsure_channels,
    m.fields::text, null
from catalogue_component m where m.case_id = %(case)s
union all
select r.id, null, null, null, null, null, null, null, null, null, null, array[r.component_text, r.database]
from catalogue_componentreplacement r where r.procedure_code = %(code)s
order by 12 nulls first, 1
"""
# The usual process; and those at the centre that were approved, each while the list of the day has the procedure so.
STEPS = """
with own as (
    select o.process_id, o.mode, o.valid_from as since, lead(o.valid_from) over (order by o.valid_from, o.id) as until
    from catalogue_onsiteprocess o join catalogue_onsitedecision k on k.proposal_id = o.id and k.approved
    where %(code)s = any(o.codes)
), lists as (
    select id, valid_from as since, lead(valid_from) over (order by valid_from, id) as until from catalogue_onsitelist
), courses (process_id, since, until) as (
    (select id, null::date, null::date from catalogue_process
    where usable and retired_at is null and (is_default or %(code)s = any(codes))
    order by is_default, inherited, sum_matches desc nulls last, decided_on desc nulls last, id limit 1)
    union all
    select own.process_id, greatest(own.since, lists.since), least(own.until, lists.until)
    from own join catalogue_onsiteentry e on e.mode = own.mode join lists on lists.id = e.list_id
    join catalogue_procedure p on p.id = e.procedure_id and p.code = %(code)s
    where greatest(own.since, lists.since) < coalesce(least(own.until, lists.until), 'infinity')
)
select c.since, c.until, s.process_id, s.seq, s.role, s.place, s.role_text, s.content, s.value, s.unit, s.counted, (
    select max(id) from catalogue_interlinkedgroup where retired_at is null and %(code)s = any(codes))
from courses c join catalogue_processstep s on s.process_id = c.process_id
order by c.since nulls first, s.seq
"""
