"""The parts of the tenant's two SharePoint hosts."""
