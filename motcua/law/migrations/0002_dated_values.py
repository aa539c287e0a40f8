"""Values get a first day, a place and a proposal; those that stand are presets, from the first day of their regime."""

import django.db.models.deletion
from django.db import migrations, models


FIRST_DAYS = "UPDATE law_regimeparameter p SET valid_from = r.valid_from FROM law_regime r WHERE r.id = p.regime_id"


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved', models.BooleanField(verbose_name='đồng ý')),
                ('decided_by', models.BigIntegerField(verbose_name='người quyết định')),
                ('decider_name', models.CharField(max_length=200, verbose_name='tên người quyết định')),
                ('decided_at', models.DateTimeField(verbose_name='quyết định lúc')),
                ('note', models.TextField(blank=True, verbose_name='ý kiến')),
            ],
            options={
                'verbose_name': 'quyết định về đề nghị',
                'verbose_name_plural': 'các quyết định về đề nghị',
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('preset', 'văn bản pháp luật'), ('province', 'toàn tỉnh'), ('field', 'một lĩnh vực'), ('procedure', 'một thủ tục')], max_length=10, verbose_name='phạm vi')),
                ('target', models.CharField(blank=True, max_length=200, verbose_name='lĩnh vực hoặc mã thủ tục')),
                ('key', models.CharField(max_length=50, verbose_name='tham số')),
                ('value', models.JSONField(null=True, verbose_name='giá trị')),
                ('ends', models.BooleanField(default=False, verbose_name='thôi quy định riêng')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('old_value', models.JSONField(null=True, verbose_name='giá trị trước đó')),
                ('reason', models.TextField(verbose_name='lý do')),
                ('document', models.CharField(max_length=300, verbose_name='văn bản')),
                ('proposed_by', models.BigIntegerField(verbose_name='người đề nghị')),
                ('proposer_name', models.CharField(max_length=200, verbose_name='tên người đề nghị')),
                ('proposed_at', models.DateTimeField(verbose_name='đề nghị lúc')),
            ],
            options={
                'verbose_name': 'đề nghị sửa tham số',
                'verbose_name_plural': 'các đề nghị sửa tham số',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='regimeparameter',
            name='regime_parameter_once',
        ),
        migrations.AddField(
            model_name='regimeparameter',
            name='ends',
            field=models.BooleanField(default=False, verbose_name='thôi quy định riêng'),
        ),
        migrations.AddField(
            model_name='regimeparameter',
            name='scope',
            field=models.CharField(choices=[('preset', 'văn bản pháp luật'), ('province', 'toàn tỉnh'), ('field', 'một lĩnh vực'), ('procedure', 'một thủ tục')], default='preset', max_length=10, verbose_name='phạm vi'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='regimeparameter',
            name='target',
            field=models.CharField(blank=True, max_length=200, verbose_name='lĩnh vực hoặc mã thủ tục'),
        ),
        migrations.AddField(
            model_name='regimeparameter',
            name='valid_from',
            field=models.DateField(null=True, verbose_name='từ ngày'),
        ),
        migrations.RunSQL(FIRST_DAYS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='regimeparameter',
            name='valid_from',
            field=models.DateField(verbose_name='từ ngày'),
        ),
        migrations.AlterField(
            model_name='regimeparameter',
            name='regime',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='law.regime'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='regime',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='law.regime'),
        ),
        migrations.AddField(
            model_name='decision',
            name='proposal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='law.proposal'),
        ),
        migrations.AddField(
            model_name='regimeparameter',
            name='proposal',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parameter', to='law.proposal'),
        ),
        migrations.AddConstraint(
            model_name='regimeparameter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope__in', ['preset', 'province']), ('target', '')), models.Q(('scope__in', ['field', 'procedure']), models.Q(('target', ''), _negated=True)), _connector='OR'), name='regimeparameter_target', violation_error_message='Quy định riêng phải nêu lĩnh vực hoặc thủ tục nào.'),
        ),
        migrations.AddConstraint(
            model_name='regimeparameter',
            constraint=models.CheckConstraint(condition=models.Q(('ends', False), models.Q(('value__isnull', True), models.Q(('scope', 'preset'), _negated=True)), _connector='OR'), name='regimeparameter_ends_without_value', violation_error_message='Thôi quy định riêng thì không có giá trị.'),
        ),
        migrations.AddConstraint(
            model_name='regimeparameter',
            constraint=models.UniqueConstraint(condition=models.Q(('scope', 'preset')), fields=('regime', 'key', 'valid_from'), name='regime_parameter_once', violation_error_message='Tham số này đã có trong chế độ.'),
        ),
        migrations.AddConstraint(
            model_name='regimeparameter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposal', None), ('scope', 'preset')), models.Q(models.Q(('scope', 'preset'), _negated=True), ('proposal__isnull', False)), _connector='OR'), name='own_value_was_proposed', violation_error_message='Giá trị của tỉnh phải qua đề nghị và phê duyệt.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope__in', ['preset', 'province']), ('target', '')), models.Q(('scope__in', ['field', 'procedure']), models.Q(('target', ''), _negated=True)), _connector='OR'), name='proposal_target', violation_error_message='Quy định riêng phải nêu lĩnh vực hoặc thủ tục nào.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('ends', False), models.Q(('value__isnull', True), models.Q(('scope', 'preset'), _negated=True)), _connector='OR'), name='proposal_ends_without_value', violation_error_message='Thôi quy định riêng thì không có giá trị.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('document', ''), _negated=True)), name='proposal_has_grounds', violation_error_message='Đề nghị phải có lý do và văn bản.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('approved', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='rejection_has_a_reason', violation_error_message='Không đồng ý thì phải nêu lý do.'),
        ),
    ]
