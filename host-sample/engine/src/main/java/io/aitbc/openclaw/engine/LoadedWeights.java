package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.engine.chat.ChatTemplate;
import io.aitbc.openclaw.engine.gguf.GgufFile;
import io.aitbc.openclaw.engine.gguf.GgufMetadata;
import io.aitbc.openclaw.engine.json.TokenTrie;
import io.aitbc.openclaw.engine.model.ArithmeticKind;
import io.aitbc.openclaw.engine.model.LlamaModel;
import io.aitbc.openclaw.engine.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** A model file in memory, ready to answer. */
record LoadedWeights(LlamaModel model, Tokenizer tokenizer, TokenTrie trie, ChatTemplate template)
        implements AutoCloseable {
    static LoadedWeights load(Path path, ArithmeticKind arithmetic, long heapLimit) throws IOException {
        LlamaModel model = LlamaModel.load(GgufFile.open(path), arithmetic, heapLimit);
        try {
            GgufMetadata metadata = model.header().metadata();
            Tokenizer tokenizer = Tokenizer.of(metadata);
            return new LoadedWeights(
                    model,
                    tokenizer,
                    new TokenTrie(tokenizer),
                    ChatTemplate.of(metadata.text("tokenizer.chat_template").orElse("")));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
