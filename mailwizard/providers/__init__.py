"""Mail providers: one TOML file each, read into ``model.provider.Provider``."""
