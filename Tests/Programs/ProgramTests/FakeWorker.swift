import MomentsCore
import MomentsSystem
import MomentsTestSupport

/// A worker that speaks the protocol and does what the video's name says: "bad", "crash", "hang", or its work.
enum FakeWorker {
    private static let script = #"""
        #!/bin/sh
        read -r spec
        staging=$(printf %s "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
        echo '{"event":"started","version":"1","pid":1}'
        echo '{"event":"stage_started","stage":"probe"}'
        echo '{"event":"stage_completed","stage":"probe"}'
        echo '{"event":"stage_started","stage":"analyze"}'
        echo "$spec" > "$staging/spec.json"
        echo found > "$staging/.checkpoint-analyze"
        case "$spec" in
        *'"name":"bad'*)
            echo '{"event":"failed","stage":"analyze","error":{"error":"CorruptMedia","message":"it is torn","detail":"","transient":false}}'
            exit 1 ;;
        *'"name":"crash'*) kill -SEGV $$ ;;
        *'"name":"hang'*) cat >/dev/null; exit 4 ;;
        esac
        printf hello > "$staging/highlight.mp4"
        size=$(stat -c %s "$staging/spec.json")
        digest() { sha256sum "$staging/$1" | cut -c 1-64; }
        echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"'"$(digest highlight.mp4)"'"},{"kind":"spec","path":"spec.json","bytes":'"$size"',"sha256":"'"$(digest spec.json)"'"}],"input_duration":5,"output_duration":3,"segments_selected":2}}'
        """#

    /// Writes the program, and gives the environment in which it is found.
    static func install() throws -> [String] {
        let path = ScratchFolder.path.appending("worker")
        try AtomicFile.replace(path, with: script.utf8, mode: 0o755, durable: false)
        return ["MOMENTS_WORKER=\(path)"]
    }
}
