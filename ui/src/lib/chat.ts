/** Messages to what a chat shows: tool results stand with the calls they answer. */
import type { Message, Part } from "@/api/model";

export interface ToolPair {
  type: "tool";
  id: string;
  /** Null for a result whose call is not in the conversation. */
  call: { name: string; arguments: unknown } | null;
  result: { value: unknown } | null;
}

export type ChatPart = Exclude<Part, { type: "tool_call" | "tool_call_response" }> | ToolPair;

export interface ChatEntry {
  key: string;
  role: string;
  name: string;
  finishReason: string;
  /** Whether the model said it in this call. */
  isOutput: boolean;
  parts: ChatPart[];
}

type Payload = Message[] | string | null | undefined;

/** Text payloads (completions, embeddings) count as one message. */
export function asMessages(payload: Payload, role: string): Message[] {
  if (payload == null || payload === "") return [];
  if (typeof payload === "string") return [{ role, parts: [{ type: "text", content: payload }] }];
  return Array.isArray(payload) ? payload : [];
}

/**
 * `outputRole` is who speaks where the output is plain text. Pairs each tool result with the latest unanswered call of the same id; results without an id
 * go to the oldest unanswered call. Messages that held nothing but paired results vanish.
 */
export function pairChat(input: Payload, output: Payload, outputRole = "assistant"): ChatEntry[] {
  const pending: ToolPair[] = [];
  const entries: ChatEntry[] = [];
  const all = [
    ...asMessages(input, "user").map((message) => ({ message, isOutput: false })),
    ...asMessages(output, outputRole).map((message) => ({ message, isOutput: true })),
  ];
  all.forEach(({ message, isOutput }, index) => {
    const parts = (message.parts ?? []).flatMap((part) => convert(part, pending));
    if (parts.length === 0 && (message.parts ?? []).length > 0) return;
    entries.push({
      key: `${isOutput ? "out" : "in"}-${index}`,
      role: message.role || "unknown",
      name: message.name ?? "",
      finishReason: message.finish_reason ?? "",
      isOutput,
      parts,
    });
  });
  return entries;
}

function convert(part: Part, pending: ToolPair[]): ChatPart[] {
  if (part.type === "tool_call") {
    const pair: ToolPair = {
      type: "tool",
      id: part.id ?? "",
      call: { name: part.name, arguments: part.arguments },
      result: null,
    };
    pending.push(pair);
    return [pair];
  }
  if (part.type !== "tool_call_response") return [part];
  const open = takePending(part.id ?? "", pending);
  if (!open)
    return [{ type: "tool", id: part.id ?? "", call: null, result: { value: part.result } }];
  open.result = { value: part.result };
  return [];
}

function takePending(id: string, pending: ToolPair[]): ToolPair | undefined {
  const index = id ? pending.findLastIndex((pair) => pair.id === id) : pending.length > 0 ? 0 : -1;
  return index < 0 ? undefined : pending.splice(index, 1)[0];
}

/** Longer conversations start folded: what this call was about is at their end. */
const MOST_MESSAGES = 8;

/** The first message, mostly the instructions, and the latest ones. */
export function foldHistory(entries: ChatEntry[]): ChatEntry[] {
  if (entries.length <= MOST_MESSAGES) return entries;
  return [...entries.slice(0, 1), ...entries.slice(1 - MOST_MESSAGES)];
}
