import MomentsCore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the expected time of a job", .scratchFolder, .timeLimit(.minutes(5)))
struct EstimateTests {
    /// A worker that says what the video is, looks at it for 0.3 s and takes 0.3 s more.
    private static let script = #"""
        #!/bin/sh
        read -r spec
        staging=$(printf '%s' "$spec" | sed 's/.*"staging":"\([^"]*\)".*/\1/')
        for stage in probe analyze select; do
            echo "{\"event\":\"stage_started\",\"stage\":\"$stage\"}"
            if [ $stage = probe ]; then echo '{"event":"media","media":{"duration":60,"duration_text":"00:01:00","width":640,"height":360,"rotation":0,"frame_rate":"25/1","total_frames":1500,"video_codec":"h264","container":"mov","bit_rate":1000}}'; fi
            if [ $stage = analyze ]; then sleep 0.3; fi
            echo "{\"event\":\"stage_completed\",\"stage\":\"$stage\"}"
        done
        sleep 0.3
        printf hello > "$staging/highlight.mp4"
        echo '{"event":"completed","result":{"outputs":[{"kind":"highlight","path":"highlight.mp4","bytes":5,"sha256":"\#(House.helloDigest)"}],"input_duration":60,"output_duration":5,"segments_selected":2}}'
        """#

    @Test("is unknown at first, comes from the jobs before, and is known again after a restart")
    func learning() async throws {
        let house = try House()
        try AtomicFile.replace(house.script, with: Self.script.utf8, mode: 0o755, durable: false)
        let supervisor = try await house.open()
        for number in 1...4 {
            let name = FilePath("\(number).mp4")
            try house.drop(name, "video \(number)")
            await eventually { house.status(name) == .completed }
        }
        #expect(try #require(house.manifest("1.mp4")).estimatedTime == nil)
        // It is told while the job is being worked on, and no job takes less than it sleeps.
        let learned = try #require(house.manifest("4.mp4")).estimatedTime ?? 0
        #expect(learned >= 0.6)
        await supervisor.stop()
        let next = try await house.open()
        try house.drop("5.mp4", "video 5")
        await eventually { house.status("5.mp4") == .completed }
        #expect(try #require(house.manifest("5.mp4")).estimatedTime ?? 0 >= 0.6)
        await next.stop()
    }
}
