// Asks a host with the official JavaScript client; prints one JSON document.
import { Ollama } from "ollama";

const [host, model, question, weather] = process.argv.slice(2);
const ollama = new Ollama({ host });
const options = { temperature: 0 };
const ask = (content, more) => ollama.chat({ model, options, messages: [{ role: "user", content }], ...more });

const models = (await ollama.list()).models.map((it) => it.name);
const plain = (await ask(question)).message.content;

let streamed = "";
let pieces = 0;
for await (const part of await ask(question, { stream: true })) {
  streamed += part.message.content;
  pieces++;
}

const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "Get the weather in a city",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];
const tool = (await ask(weather, { tools })).message.tool_calls?.[0]?.function;
const embedding = (await ollama.embed({ model: "wren-tiny-embed", input: "a fox" })).embeddings[0].length;
const error = await ollama
  .chat({ model: "no-such-model", messages: [{ role: "user", content: "Hi" }] })
  .then(() => "none", (failure) => failure.message);

console.log(JSON.stringify({ models, plain, streamed, pieces, tool, embedding, error }));
