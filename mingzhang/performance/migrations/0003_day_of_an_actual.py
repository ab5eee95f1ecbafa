"""The day that an actual was reached by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column more; rows from before have no day and count as the earliest."""

    dependencies = (("performance", "0002_append_only"),)
    operations = (migrations.AddField("actualrow", "day", models.DateField(null=True)),)
