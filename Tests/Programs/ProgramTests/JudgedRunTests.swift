import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Reels for which a judge is asked, by the real worker.
@Suite("moments run --judge", .scratchFolder, .timeLimit(.minutes(4)))
struct JudgedRunTests {
    private let root = ScratchFolder.path
    private let output = ScratchFolder.path.appending("out")
    private var seen: FilePath { root.appending("seen") }

    private struct Highlight: Decodable {
        struct Shot: Decodable {
            let `in`: Double
            let out: Double
            let reasons: [String]
            let signals: [String: Double]
        }
        let note: String?
        let shots: [Shot]
    }

    /// A program that keeps what it is shown, and wants the windows that begin within a stretch.
    private func judge(wants wanted: ClosedRange<Double> = 1e6...1e7) throws -> FilePath {
        let program = root.appending("judge.sh")
        let script = """
            #!/bin/sh
            mkdir -p '\(seen)'
            cat >'\(seen)/question.json'
            for sheet in $(sed -n 's/.*"path" : "\\(.*\\)".*/\\1/p' '\(seen)/question.json'); do cp "$sheet" '\(seen)'; done
            awk -F'[ ,:]+' 'BEGIN { printf "{\\"scores\\":[" }
                $2 == "\\"id\\"" { id = $3 }
                $2 == "\\"in\\"" {
                    printf "%s{\\"id\\":%d,\\"score\\":%d,\\"reason\\":\\"seen\\"}", comma, id, \
                        ($3 >= \(wanted.lowerBound) && $3 < \(wanted.upperBound) ? 9 : 2)
                    comma = ","
                }
                END { printf "],\\"cost\\":0.5}" }' '\(seen)/question.json'
            """
        try AtomicFile.replace(program, with: script.utf8, mode: 0o755, durable: false)
        return program
    }

    private func run(_ words: [FilePath]) async throws -> (run: BuiltProgram.Run, manifest: Manifest) {
        let run = try await BuiltProgram("moments").run(
            ["run", "-o", output, "--json"] + words,
            environment: ["TMPDIR=\(root)"],
            limit: 120
        )
        return (run, try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8)))
    }

    private func read<Value: Decodable>(_ path: FilePath) throws -> Value {
        try MomentsJSON.decode(Value.self, from: Data(try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)))
    }

    /// Red and blue behind a grid, in turn, two seconds each, for half a minute.
    private func flags(_ name: String, size: String) throws -> FilePath {
        let picture =
            "color=c=red:s=\(size):r=10:d=30,drawbox=c=blue:t=fill:enable='mod(floor(t/2),2)'"
            + ",drawgrid=w=48:h=48:t=6:c=white"
        return try TestMedia.make(
            name,
            ["-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        )
    }

    @Test("what the judge wants is in the reel, with its words, what it cost, and nothing left of what it was shown")
    func heeded() async throws {
        let video = try TestMedia.clip("a.mp4", seconds: 40, rate: "10")
        let (run, manifest) = try await run([video, "--target-duration", "6", "--judge", try judge(wants: 19...25)])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let stage = try #require(manifest.stages.first { $0.name == .judge })
        #expect(stage.status == .completed && stage.cost == 0.5 && stage.error == nil)
        #expect(manifest.stages.map(\.name) == Stage.all(of: manifest.config) && manifest.config.judge)
        let question: JudgeQuestion = try read(seen.appending("question.json"))
        #expect(question.windows.count == 20 && question.target == 6 && question.duration == 40)
        #expect(question.sheets.map(\.windows) == [Array(1...14), Array(15...20)])
        let highlight: Highlight = try read(output.appending("a/highlight.json"))
        let inside = highlight.shots.reduce(0) { $0 + max(0, min($1.out, 27) - max($1.in, 18)) }
        #expect(inside > 4.5)
        #expect(highlight.shots.contains { $0.reasons.contains("the judge gave it 9.0 of 10: seen") })
        let names = try Folder.names(in: output.appending("a")).map(\.text)
        #expect(!names.contains { $0.contains("judge") || $0.contains("sheet-") })
        #expect(try Folder.names(in: root).allSatisfy { !$0.hasPrefix("moments-judge") })
        // The report tells it too.
        let report = output.appending("a/report.html")
        let text = String(decoding: try Descriptor.openRegular(report).read(8 << 20, at: 0, of: report), as: UTF8.self)
        #expect(text.contains("the judge gave it 9.0 of 10: seen"))
    }

    @Test(
        "each window stands where its number says, upright and with the colours it has",
        arguments: [
            ("landscape", "640x360", [], 2, 7), ("portrait", "360x640", [], 3, 4),
            ("turned", "640x360", ["-c", "copy", "-metadata:s:v:0", "rotate=90"], 3, 4),
            ("anamorphic", "320x480", ["-vf", "setsar=3", "-c:v", "libx264", "-g", "20"], 2, 7),
            (
                "hdr", "640x360",
                [
                    "-c:v", "libx264", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace",
                    "bt2020nc",
                ],
                2, 7
            ),
        ]
    )
    func sheets(name: String, size: String, again: [String], columns: Int, rows: Int) async throws {
        let video = try flags("flags.mp4", size: size)
        // ffmpeg takes some of these only of a file.
        let source = again.isEmpty ? video : try TestMedia.make("\(name).mp4", ["-i", video.text] + again)
        let (run, _) = try await run([source, "--target-duration", "6", "--judge", try judge()])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let question: JudgeQuestion = try read(seen.appending("question.json"))
        #expect(question.windows.map { ($0.start / 2).rounded() } == (0..<15).map(Double.init))
        let sheet = seen.appending(question.sheets[0].path.name)
        let sides = try TestMedia.probe(sheet, "stream=width,height").compactMap(Int.init)
        let (across, down) = ((sides[0] - 16) / columns, (sides[1] - 16) / rows)
        for (place, window) in question.sheets[0].windows.enumerated() {
            for still in 0..<4 {
                let x = 16 + place % columns * across + (across - 16) * (2 * still + 1) / 8 - 12
                let y = 8 + place / columns * down + 28 + (down - 36) / 2 - 12
                let found = try Tool.run(
                    "ffprobe",
                    [
                        "-v", "error", "-f", "lavfi", "-i", "movie=\(sheet.text),crop=24:24:\(x):\(y),signalstats",
                        "-show_entries", "frame_tags=lavfi.signalstats.UAVG,lavfi.signalstats.VAVG",
                        "-of", "default=nw=1:nk=1",
                    ]
                )
                let levels = found.split(separator: "\n").compactMap { Double($0) }
                let isRed = levels.count == 2 && levels[1] > levels[0] + 20
                let isBlue = levels.count == 2 && levels[0] > levels[1] + 20
                #expect(window % 2 == 1 ? isRed : isBlue, "\(name), window \(window), still \(still): \(levels)")
            }
        }
    }

    @Test("one that fails takes nothing but its say: the reel is made, and note, manifest and report tell why")
    func failing() async throws {
        let video = try TestMedia.clip("a.mp4", seconds: 12, rate: "10")
        let (run, manifest) = try await run([
            video, "--target-duration", "4", "--judge", "sh -c 'echo blind >&2; exit 3'",
        ])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let sentence = "The reel was chosen without the judge: it ended with status 3: blind."
        #expect(manifest.status == .completed)
        #expect(manifest.notes.contains { $0.contains(sentence) })
        let stage = try #require(manifest.stages.first { $0.name == .judge })
        #expect(stage.status == .failed && stage.error == "it ended with status 3: blind")
        let highlight: Highlight = try read(output.appending("a/highlight.json"))
        #expect(highlight.note?.contains(sentence) == true)
        #expect(!highlight.shots.isEmpty)
    }

    @Test("where there is nothing to choose nobody is asked; words that make no command are refused")
    func unasked() async throws {
        let video = try TestMedia.clip("a.mp4", seconds: 3)
        let (run, manifest) = try await run([video, "--judge", try judge()])
        #expect(run.exit == .exited(0), "\(run.errors)")
        #expect(manifest.stages.first { $0.name == .judge }?.status == .completed)
        #expect((try? FileStatus.of(seen)) == nil)
        let wrong = try await BuiltProgram("moments").run(["run", "-o", output, "--judge", "'", video])
        #expect(wrong.exit == .exited(2) && wrong.errors.contains("--judge cannot be"))
    }
}
