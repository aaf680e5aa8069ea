/** Pages are loaded when they are opened; each browser says in its own words that one did not come. */

const WORDS = [
  /unable to preload css/i,
  /dynamically imported module/i,
  /importing a module script failed/i,
  /is not a valid javascript mime type/i,
];

/** Whether an error says that the code of a page could not be fetched. */
export function isNotFetched(error: unknown): boolean {
  return error instanceof Error && WORDS.some((words) => words.test(error.message));
}
