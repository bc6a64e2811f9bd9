from django.db import migrations, models


class Migration(migrations.Migration):
    """What a merge in the library moved is written down, so that it can be taken back."""

    dependencies = [("claims", "0150_taking_back_any_act")]

    operations = [
        migrations.AddField("librarychange", "moved", models.JSONField(default=dict, editable=False)),
        migrations.AddField("librarychange", "undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AlterField(
            "librarychange",
            "what",
            models.CharField(
                choices=[
                    ("kept", "kept in the library"),
                    ("changed", "changed"),
                    ("merged", "merged in"),
                    ("parted", "took a merge back"),
                    ("apart", "said to be another than"),
                    ("linked", "taken by an event"),
                    ("loaded", "came with an event"),
                ],
                max_length=8,
            ),
        ),
    ]
