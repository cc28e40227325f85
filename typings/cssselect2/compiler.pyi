class CompiledSelector:
    pseudo_element: str | None
    local_name: str | None
