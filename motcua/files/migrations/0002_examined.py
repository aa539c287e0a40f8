from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedfile',
            name='pages',
            field=models.IntegerField(null=True, verbose_name='số trang'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='is_scanned',
            field=models.BooleanField(db_default=False, default=False, help_text='a virus scanner found nothing'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='signatures',
            field=models.CharField(db_default='', default='', help_text='the worst verdict then; none: unsigned; empty: not looked', max_length=12),
        ),
    ]
