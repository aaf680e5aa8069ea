/** The colour of each kind of span. */
const TOKENS: Record<string, string> = {
  llm: "--series-1",
  embedding: "--series-5",
  tool: "--series-2",
  agent: "--series-3",
  chain: "--series-8",
  retriever: "--series-6",
  guard: "--series-4",
  evaluator: "--series-7",
};

export function kindToken(kind: string): string {
  return TOKENS[kind] ?? "--series-8";
}
