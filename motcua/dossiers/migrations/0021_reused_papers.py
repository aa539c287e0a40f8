import django.db.models.deletion
from django.db import migrations, models

AS = [('paper', 'Giấy tờ đã nộp'), ('result', 'Kết quả đã cấp')]
WHENCE = models.Q(
    models.Q(('reused_as', ''), ('reused_from', None)),
    models.Q(('reused_as__in', ['paper', 'result']), ('reused_from__isnull', False)),
    _connector='OR',
)


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0020_events_dated_back'),
        ('files', '0002_examined'),
    ]

    operations = [
        migrations.AddField(
            model_name='givenpaper',
            name='reused_from',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='givenpaper',
            name='reused_as',
            field=models.CharField(blank=True, choices=AS, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='draftpaper',
            name='reused_from',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='draftpaper',
            name='reused_as',
            field=models.CharField(blank=True, choices=AS, db_default='', default='', max_length=10),
        ),
        migrations.AddConstraint(model_name='givenpaper', constraint=models.CheckConstraint(condition=WHENCE, name='reuse_says_whence')),
        migrations.AddConstraint(model_name='draftpaper', constraint=models.CheckConstraint(condition=WHENCE, name='draft_reuse_says_whence')),
    ]
