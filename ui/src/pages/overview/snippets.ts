/** First calls to copy. `sim/chat` answers without a key. */

export type Language = "curl" | "python" | "node";

export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "node", label: "Node" },
];

export function snippet(language: Language, gatewayUrl: string): string {
  const base = `${gatewayUrl.replace(/\/+$/, "")}/v1`;
  return SNIPPETS[language](base);
}

const SNIPPETS: Record<Language, (base: string) => string> = {
  curl: (base) => `curl ${base}/chat/completions \\
  -H 'content-type: application/json' \\
  -d '{"model": "sim/chat", "messages": [{"role": "user", "content": "Hello!"}]}'`,
  python: (base) => `from openai import OpenAI

client = OpenAI(base_url="${base}", api_key="none")
answer = client.chat.completions.create(
    model="sim/chat",
    messages=[{"role": "user", "content": "Hello!"}],
)
print(answer.choices[0].message.content)`,
  node: (base) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${base}", apiKey: "none" });
const answer = await client.chat.completions.create({
  model: "sim/chat",
  messages: [{ role: "user", content: "Hello!" }],
});
console.log(answer.choices[0].message.content);`,
};
