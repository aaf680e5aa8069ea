/** Parameters of pages that edit one thing. */
export function readEditedId(search: Record<string, unknown>): { id?: string } {
  return typeof search.id === "string" && search.id ? { id: search.id } : {};
}
