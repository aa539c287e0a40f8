"""Payment orders, the gateway's words, its money, and what became of it."""

import django.db.models.deletion
import motcua.fees.money
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0021_reused_papers'),
        ('fees', '0004_paid_in_a_period'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(help_text='what the gateway calls it (MaThamChieu)', max_length=20, unique=True)),
                ('amount_vnd', motcua.fees.money.WholeDong()),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Đang chờ cổng thanh toán xác nhận'), ('paid', 'Đã thanh toán'), ('cancelled', 'Đã huỷ tại cổng thanh toán'), ('expired', 'Hết hạn, chưa thanh toán')], default='open', max_length=10)),
                ('asked', models.SmallIntegerField(default=0, help_text='how often the gateway was asked about it')),
                ('asked_at', models.DateTimeField(null=True, help_text="when it was last asked about")),
                ('next_ask_at', models.DateTimeField(null=True)),
                ('bill', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='payment_orders', to='fees.bill')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='payment_orders', to='dossiers.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='Money',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway_ref', models.CharField(help_text="the gateway's transaction (MaGiaoDich)", max_length=40, unique=True)),
                ('number', models.CharField(max_length=40)),
                ('amount_vnd', motcua.fees.money.WholeDong(null=True)),
                ('said', models.CharField(max_length=60)),
                ('told_at', models.DateTimeField()),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='money', to='payments.order')),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('booked', 'Đã ghi vào sổ thu'), ('nothing_owed', 'Không còn khoản nào phải nộp'), ('ended', 'Hồ sơ đã kết thúc'), ('wrong_amount', 'Khác số tiền của lệnh thanh toán'), ('other_currency', 'Không phải đồng Việt Nam'), ('unknown_order', 'Không có lệnh thanh toán này')], max_length=16)),
                ('booked_vnd', models.BigIntegerField(help_text='whole đồng in the ledger under `reference`')),
                ('back_vnd', models.BigIntegerField(help_text='whole đồng to be given back')),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField()),
                ('money', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='payments.money')),
                ('receipt', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fees.receipt')),
            ],
        ),
        migrations.CreateModel(
            name='GivenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('gateway', 'Qua cổng thanh toán'), ('transfer', 'Chuyển khoản'), ('cash', 'Tiền mặt')], max_length=10)),
                ('document', models.CharField(help_text='number of the transfer, or of the paper that was signed', max_length=100)),
                ('reason', models.CharField(max_length=1000)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='given_back', to='payments.outcome')),
            ],
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('number', models.CharField(help_text='the order it speaks of, as it was said', max_length=40)),
                ('through', models.CharField(choices=[('notice', 'Cổng thanh toán báo'), ('query', 'Hệ thống hỏi')], max_length=6)),
                ('state', models.CharField(max_length=20)),
                ('gateway_ref', models.CharField(blank=True, max_length=40)),
                ('said', models.CharField(blank=True, help_text='amount and currency, as they were said', max_length=60)),
                ('words', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(models.F('number'), models.F('at'), name='payment_told_of_order'), models.Index(models.F('gateway_ref'), condition=models.Q(('gateway_ref', ''), _negated=True), name='payment_told_of_money')],
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(models.F('bill'), models.F('id'), name='payment_order_of_bill'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(models.F('made_at'), name='payment_order_of_day'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(models.F('next_ask_at'), condition=models.Q(('next_ask_at__isnull', False)), name='payment_order_unanswered'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('amount_vnd', models.Func(models.F('amount_vnd'), function='trunc')), ('amount_vnd__gt', 0)), name='order_amount_is_whole', violation_error_message='Số tiền phải là số đồng nguyên, lớn hơn 0.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='order_lasts_some_time'),
        ),
        migrations.AddIndex(
            model_name='money',
            index=models.Index(models.F('told_at'), name='payment_money_of_day'),
        ),
        migrations.AddConstraint(
            model_name='money',
            constraint=models.CheckConstraint(condition=models.Q(('amount_vnd', models.Func(models.F('amount_vnd'), function='trunc')), ('amount_vnd__gt', 0)), name='money_is_whole', violation_error_message='Số tiền phải là số đồng nguyên, lớn hơn 0.'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(models.F('at'), condition=models.Q(('back_vnd', 0), _negated=True), name='payment_to_give_back'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('back_vnd__gte', 0), ('booked_vnd__gt', 0), ('verdict', 'booked'), models.Q(('reference', ''), _negated=True)), models.Q(models.Q(('verdict', 'booked'), _negated=True), ('back_vnd__gte', 0), ('booked_vnd', 0), ('reference', '')), _connector='OR'), name='outcome_is_booked_or_not'),
        ),
        migrations.AddConstraint(
            model_name='givenback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='given_back_with_paper_and_reason', violation_error_message='Cần số chứng từ và lý do.'),
        ),
    ]
