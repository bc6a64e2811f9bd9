"""The REST API under ``/api/v1/``: thin endpoints beside the pages, through the same services and querysets."""
