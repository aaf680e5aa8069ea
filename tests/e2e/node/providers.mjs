// The answers of tests/e2e/test_roundtrip_node.py, as each official client reads them:
//   node providers.mjs ROOT MODEL...
// ROOT is the address of the gateway without a version. Prints {client: {model: [whole, streamed]}}.
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Ollama } from "ollama";
import OpenAI from "openai";

const [root, ...models] = process.argv.slice(2);
const text = "hi";
const schema = { type: "object", properties: { city: { type: "string" } } };
const names = ["weather", "now"];

const openai = new OpenAI({ baseURL: `${root}/v1`, apiKey: "k", maxRetries: 0 });
const functions = names.map((name) => ({ type: "function", function: { name, parameters: schema } }));

async function chat(model, streamed) {
  const asked = { model, messages: [{ role: "user", content: text }], tools: functions };
  let completion;
  let thoughts = "";
  if (streamed) {
    const options = { stream: true, stream_options: { include_usage: true } };
    const stream = openai.chat.completions.stream({ ...asked, ...options });
    // Of fields that it does not know the helper keeps the last piece only.
    stream.on("chunk", (chunk) => (thoughts += chunk.choices[0]?.delta?.reasoning_content ?? ""));
    completion = await stream.finalChatCompletion();
    completion.usage = (await stream.totalUsage()) ?? completion.usage;
  } else {
    completion = await openai.chat.completions.create(asked);
    thoughts = completion.choices[0].message.reasoning_content ?? "";
  }
  const { message, finish_reason: stop } = completion.choices[0];
  return {
    text: message.content ?? "",
    thoughts,
    calls: (message.tool_calls ?? []).map((call) => [
      call.id,
      call.function.name,
      JSON.parse(call.function.arguments),
    ]),
    stop,
    usage: [completion.usage.prompt_tokens, completion.usage.completion_tokens],
  };
}

async function responses(model, streamed) {
  const tools = names.map((name) => ({ type: "function", name, parameters: schema, strict: false }));
  const asked = { model, input: text, tools, store: false };
  const response = streamed
    ? await openai.responses.stream(asked).finalResponse()
    : await openai.responses.create(asked);
  const items = (type) => response.output.filter((item) => item.type === type);
  return {
    text: response.output_text,
    thoughts: items("reasoning")
      .flatMap((item) => [...(item.content ?? []), ...item.summary].map((part) => part.text))
      .join(""),
    calls: items("function_call").map((item) => [
      item.call_id,
      item.name,
      JSON.parse(item.arguments),
    ]),
    stop: response.status,
    usage: [response.usage.input_tokens, response.usage.output_tokens],
  };
}

const anthropic = new Anthropic({ baseURL: root, apiKey: "k", maxRetries: 0 });

async function messages(model, streamed) {
  const tools = names.map((name) => ({ name, input_schema: schema }));
  const asked = { model, max_tokens: 999, messages: [{ role: "user", content: text }], tools };
  const message = streamed
    ? await anthropic.messages.stream(asked).finalMessage()
    : await anthropic.messages.create(asked);
  const blocks = (type) => message.content.filter((block) => block.type === type);
  const usage = message.usage;
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  return {
    text: blocks("text").map((block) => block.text).join(""),
    thoughts: blocks("thinking").map((block) => block.thinking).join(""),
    calls: blocks("tool_use").map((block) => [block.id, block.name, block.input]),
    stop: message.stop_reason,
    usage: [usage.input_tokens + cached, usage.output_tokens],
  };
}

const google = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: root } });

async function generate(model, streamed) {
  const declarations = names.map((name) => ({ name, parametersJsonSchema: schema }));
  const config = { tools: [{ functionDeclarations: declarations }] };
  const asked = { model, contents: text, config };
  const pieces = [];
  if (streamed) {
    for await (const piece of await google.models.generateContentStream(asked)) pieces.push(piece);
  } else {
    pieces.push(await google.models.generateContent(asked));
  }
  const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? []);
  const said = (thought) =>
    parts
      .filter((part) => Boolean(part.thought) === thought)
      .map((part) => part.text ?? "")
      .join("");
  const usage = pieces.at(-1).usageMetadata;
  return {
    text: said(false),
    thoughts: said(true),
    calls: parts
      .filter((part) => part.functionCall)
      .map(({ functionCall: call }) => [call.id, call.name, call.args ?? {}]),
    stop: pieces.at(-1).candidates[0].finishReason,
    usage: [
      usage.promptTokenCount,
      (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
    ],
  };
}

const ollama = new Ollama({ host: root });

async function talk(model, streamed) {
  const pieces = [];
  const asked = { model, messages: [{ role: "user", content: text }], tools: functions };
  if (streamed) {
    for await (const piece of await ollama.chat({ ...asked, stream: true })) pieces.push(piece);
  } else {
    pieces.push(await ollama.chat(asked));
  }
  const last = pieces.at(-1);
  return {
    text: pieces.map((piece) => piece.message.content ?? "").join(""),
    thoughts: pieces.map((piece) => piece.message.thinking ?? "").join(""),
    calls: pieces
      .flatMap((piece) => piece.message.tool_calls ?? [])
      .map((call) => [null, call.function.name, call.function.arguments]),
    stop: last.done_reason,
    usage: [last.prompt_eval_count, last.eval_count],
  };
}

async function refused() {
  const failures = {
    openai: () => chat("refused", false),
    anthropic: () => messages("refused", true),
    google: () => generate("refused", false),
    ollama: () => talk("refused", false),
  };
  const told = {};
  for (const [client, ask] of Object.entries(failures)) {
    try {
      await ask();
      told[client] = null;
    } catch (error) {
      const status = error.status ?? error.status_code;
      told[client] = { name: error.constructor.name, status, message: error.message };
    }
  }
  return told;
}

const told = {};
for (const [client, ask] of Object.entries({ chat, responses, messages, generate, talk })) {
  told[client] = {};
  for (const model of models) {
    told[client][model] = [await ask(model, false), await ask(model, true)];
  }
}
told.refused = await refused();
console.log(JSON.stringify(told));
