import MomentsCore
import MomentsStore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("findings that outlive their job", .scratchFolder, .timeLimit(.minutes(5)))
struct FindingsTests {
    /// Writes what it finds in its staging folder into `starts`, and leaves what it found there; "slow" waits for the gate.
    private func writeWorker(_ house: House) throws {
        let script = #"""
            #!/bin/sh
            read -r spec
            staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
            cat "$staging/.checkpoint-analyze" >> "\#(house.starts.text)" 2>/dev/null || echo nothing >> "\#(house.starts.text)"
            echo found > "$staging/.checkpoint-analyze"
            echo '{"event":"stage_started","stage":"analyze"}'
            case "$spec" in *slow*) \#(house.gate.wait) ;; esac
            printf hello > "$staging/highlight.mp4"
            echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"\#(House.helloDigest)"}],"input_duration":10,"output_duration":5,"segments_selected":2}}'
            """#
        try AtomicFile.replace(house.script, with: Array(script.utf8), mode: 0o755)
    }

    @Test("a new request, a removed manifest and other content: only the same content goes on from them")
    func afterwards() async throws {
        let house = try House()
        try writeWorker(house)
        let supervisor = try await house.open()
        try house.drop("beach.mp4")
        await eventually { house.status("beach.mp4") == .completed }
        try house.drop("beach.mp4.request.json", "12")
        await eventually { house.results().count == 2 && house.status("beach.mp4") == .completed }
        try Folder.removeFile(house.inbox.appending("beach.mp4.moments.json"))
        await eventually { house.results().count == 3 && house.status("beach.mp4") == .completed }
        try house.drop("other.mp4", "another video")
        await eventually { house.status("other.mp4") == .completed }
        #expect(house.started == ["nothing", "found", "found", "nothing"])
        for result in house.results() {
            #expect(try Folder.names(in: house.outbox.appending(result)) == ["highlight.mp4", "manifest.json"])
        }
        await supervisor.stop()
        // The sweep at a start leaves them alone.
        let next = try await house.open()
        try house.drop("other.mp4.request.json", "12")
        await eventually { house.started.count == 5 }
        #expect(house.started.last == "found")
        await next.stop()
    }

    @Test("a request that changes in the middle of the work goes on from what was found until then")
    func meanwhile() async throws {
        let house = try House()
        try writeWorker(house)
        let supervisor = try await house.open()
        try house.drop("slow.mp4")
        await eventually { house.started.count == 1 }
        try house.drop("slow.mp4.request.json", "12")
        await eventually { house.started.count == 2 }
        try house.gate.open()
        await eventually { house.status("slow.mp4") == .completed }
        #expect(house.started == ["nothing", "found"])
        #expect(house.results() == ["slow"])
        await supervisor.stop()
    }
}
