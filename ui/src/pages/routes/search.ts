/** The question of the dry run as parameters of the URL, and back. */
import type { Question } from "@/api/model";

export const CLIENTS = [
  { value: "openai_chat", label: "OpenAI chat" },
  { value: "openai_responses", label: "OpenAI responses" },
  { value: "openai_completions", label: "OpenAI completions" },
  { value: "openai_embeddings", label: "OpenAI embeddings" },
  { value: "anthropic", label: "Anthropic messages" },
  { value: "gemini", label: "Gemini" },
  { value: "bedrock", label: "Bedrock converse" },
  { value: "ollama_chat", label: "Ollama chat" },
] as const;

export const CAPABILITIES = [
  "tools",
  "images",
  "audio",
  "files",
  "json",
  "reasoning",
  "stream",
] as const;

export type Client = (typeof CLIENTS)[number]["value"];
export type Capability = (typeof CAPABILITIES)[number];

export interface QuestionSearch {
  model?: string;
  client?: Client;
  uses?: string;
  tags?: string;
  session?: string;
  user?: string;
  tokens?: string;
  priority?: "batch";
}

const TEXTS = ["model", "uses", "tags", "session", "user", "tokens"] as const;

export function readQuestion(search: Record<string, unknown>): QuestionSearch {
  const question: QuestionSearch = {};
  for (const name of TEXTS) {
    const value = search[name];
    if (typeof value === "string" && value) question[name] = value;
  }
  const client = CLIENTS.find(({ value }) => value === search.client)?.value;
  if (client && client !== "openai_chat") question.client = client;
  if (search.priority === "batch") question.priority = "batch";
  return question;
}

export function readEdited(search: Record<string, unknown>): { model?: string } {
  return typeof search.model === "string" && search.model ? { model: search.model } : {};
}

export function usesOf(search: QuestionSearch): Capability[] {
  const named = listOf(search.uses);
  return CAPABILITIES.filter((name) => named.includes(name));
}

/** Null where nothing can be asked yet. */
export function questionOf(search: QuestionSearch): Question | null {
  const model = search.model?.trim();
  if (!model) return null;
  const uses = usesOf(search);
  const tokens = Number(search.tokens);
  return {
    model,
    client: search.client ?? "openai_chat",
    capabilities: uses,
    stream: uses.includes("stream"),
    tags: listOf(search.tags),
    session: search.session ?? "",
    user: search.user ?? "",
    input_tokens: Number.isInteger(tokens) && tokens > 0 ? tokens : 100,
    priority: search.priority ?? "interactive",
  };
}

/** Comma separated words. */
export function listOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}
