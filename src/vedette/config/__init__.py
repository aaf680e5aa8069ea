"""What users write, checked: YAML, environment and discovery become one typed tree."""
