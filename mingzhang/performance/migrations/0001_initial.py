"""The tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="ActualRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("key", models.CharField(max_length=330)),
                ("text", models.CharField(max_length=200)),
                ("register", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
                ("measure", models.TextField(blank=True)),
                ("chosen", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="EvidenceOf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=255)),
                (
                    "actual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="performance.actualrow"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.evidencefile"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Goals",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("department", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("project", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("budget", models.BigIntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=7)),
                ("money_weight", models.DecimalField(decimal_places=2, max_digits=7)),
                ("goal", models.TextField(blank=True)),
                ("department_name", models.CharField(blank=True, max_length=200)),
                ("unit_name", models.CharField(blank=True, max_length=200)),
                ("rest", models.JSONField(default=dict)),
                ("why", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("department", "year", "project", "kind", "version"), name="goals_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("level1", models.CharField(max_length=60)),
                ("level2", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("target", models.CharField(max_length=200)),
                ("weight", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("explanation", models.TextField(blank=True)),
                ("guaranteed", models.CharField(blank=True, max_length=200)),
                (
                    "goals",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="performance.goals"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="EvaluationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=20)),
                ("scheme", models.CharField(max_length=60)),
                ("initial", models.BigIntegerField()),
                ("full", models.BigIntegerField()),
                ("outturn", models.BigIntegerField()),
                ("points", models.DecimalField(decimal_places=2, max_digits=7)),
                ("grade", models.CharField(max_length=20)),
                ("table", models.TextField()),
                ("why", models.TextField(blank=True)),
                (
                    "goals",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="performance.goals"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="CostingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("count", models.DecimalField(decimal_places=4, max_digits=18)),
                ("standard", models.BigIntegerField()),
                ("unit", models.CharField(max_length=20)),
                (
                    "goals",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="costings", to="performance.goals"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="actualrow",
            name="goals",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="actuals", to="performance.goals"
            ),
        ),
        migrations.CreateModel(
            name="Light",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("day", models.DateField()),
                ("key", models.CharField(blank=True, max_length=200)),
                ("done", models.CharField(blank=True, max_length=80)),
                ("expected", models.CharField(max_length=80)),
                ("low", models.CharField(blank=True, max_length=80)),
                ("high", models.CharField(blank=True, max_length=80)),
                ("colour", models.CharField(max_length=6)),
                ("rule", models.CharField(max_length=60)),
                ("words", models.TextField()),
                (
                    "goals",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lights", to="performance.goals"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RecommendationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="performance.evaluationrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("adopted", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="performance.recommendationrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RectificationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("owner", models.CharField(max_length=150)),
                ("due", models.DateField()),
                ("reason", models.TextField()),
                (
                    "light",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="performance.light",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Rectified",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(max_length=150)),
                ("time", models.DateTimeField(auto_now_add=True)),
                ("day", models.DateField()),
                ("words", models.TextField()),
                (
                    "rectification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="performance.rectificationrow",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
    )
