import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments bench --judged", .scratchFolder, .timeLimit(.minutes(4)))
struct JudgedBenchTests {
    private struct Row: Decodable {
        struct Reel: Decodable {
            struct Score: Decodable {
                let recall_of_best: Double
                let avoid_hard: Double
                let cut_in_middle: Double
            }
            struct Random: Decodable {
                let recall_of_best: Double
                let recall_of_best_p95: Double
                let rank: Double
            }
            let reel: Score
            let random: Random
            let length: Double
        }
        let clip: String
        let group: String
        let confidence: String
        let target: Double
        let reels: [String: Reel]
    }

    private struct Summary: Decodable {
        struct Means: Decodable {
            let clips: Int
            let recall_of_best: Double
        }
        let summary: [String: [String: Means]]
    }

    private let folder = ScratchFolder.path.appending("judged")

    private func bench(_ words: [FilePath], search: String = "/usr/bin:/bin") async throws -> BuiltProgram.Run {
        let temporary = ScratchFolder.path.appending("tmp")
        try Folder.make(temporary)
        let run = try await BuiltProgram("moments").run(
            ["bench", "--quality", "low"] + words,
            environment: ["TMPDIR=\(temporary)"],
            search: search,
            limit: 200
        )
        #expect(try Folder.names(in: temporary).isEmpty)
        return run
    }

    private func write(_ text: String, to name: FilePath) throws {
        let path = folder.appending(name)
        try Folder.make(path.parent)
        try AtomicFile.replace(path, with: text.utf8, durable: false)
    }

    /// Two clips: of a party a person would choose the six lively and loud seconds; of a test picture nobody is sure.
    private func makeFolder() throws {
        try Folder.make(ScratchFolder.path.appending("media/party"))
        // Louder in its first half: of noise that is even, any three seconds may be the loudest by a hair.
        let calm = "color=c=0x607080:s=160x90:r=10:d=14,drawbox=x=20:y=20:w=30:h=20:c=white:t=fill"
        _ = try TestMedia.make(
            "media/party/a party.mp4",
            [
                "-f", "lavfi", "-i", calm, "-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=6", "-f", "lavfi", "-i", calm,
                "-f", "lavfi", "-i", "sine=f=100:r=48000:d=14,volume=0.02",
                "-f", "lavfi", "-i", "anoisesrc=seed=7:c=pink:a=0.8:r=48000:d=6,volume=0.7:enable='gte(t,3)'",
                "-f", "lavfi", "-i", "sine=f=100:r=48000:d=14,volume=0.02",
                "-filter_complex", "[0][3][1][4][2][5]concat=n=3:v=1:a=1", "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p", "-c:a", "aac",
            ]
        )
        _ = try TestMedia.make(
            "media/mute.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=8", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        try write(
            """
            {"name": "party", "file": "../media/party/a party.mp4", "duration": 34, "confidence": "good", "target": 6,
             "events": [{"in": 14, "out": 20, "weight": 5, "why": "they dance"}],
             "avoid": [{"in": 0, "out": 13.5, "level": "soft"}, {"in": 30, "out": 34, "level": "hard"}], "cuts": [14, 20],
             "posters": {"good": [15, 17, 19], "bad": [3]}}
            """,
            to: "party.truth.json"
        )
        try write(
            """
            {"name": "mute", "file": "../media/mute.mp4", "duration": 8, "confidence": "weak", "group": "test",
             "events": [{"in": 0, "out": 8, "weight": 1, "why": "always the same", "enough": 2}], "avoid": [], "cuts": []}
            """,
            to: "mute.truth.json"
        )
        try write(
            #"{"duration": 34, "target_duration": 6, "reel_duration": 6, "shots": [{"in": 14, "out": 20, "why": "!"}]}"#,
            to: "editor/party/highlight.json"
        )
    }

    private func rows(_ run: BuiltProgram.Run) throws -> [Row] {
        try run.output.split(separator: "\n").dropLast().map { try MomentsJSON.decode(Row.self, from: Data($0.utf8)) }
    }

    @Test("each clip is done in both modes at its own target, and held against all that is to be beaten")
    func json() async throws {
        try makeFolder()
        let run = try await bench(["--judged", folder, "--json"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let rows = try rows(run)
        #expect(rows.map(\.clip) == ["mute", "party"])
        #expect(rows.map(\.target) == [4, 6])
        #expect(rows.map(\.group) == ["test", "party"])
        #expect(rows.map(\.confidence) == ["weak", "good"])
        let blind = ["auto", "frame_difference", "full", "loudness", "uniform"]
        #expect(rows.map { $0.reels.keys.sorted() } == [blind, (blind + ["editor"]).sorted()])
        let party = rows[1].reels
        // Who sees or hears anything finds the party; a reel spread evenly does not.
        for name in ["auto", "full", "editor", "frame_difference", "loudness"] {
            #expect((party[name]?.reel.recall_of_best ?? 0) > 0.8, "\(name)")
            #expect((party[name]?.random.rank ?? 0) > 0.9, "\(name)")
        }
        #expect(party["editor"]?.reel.recall_of_best == 1 && party["editor"]?.reel.cut_in_middle == 0)
        #expect((party["uniform"]?.reel.recall_of_best ?? 1) < 0.5)
        #expect((0.05...0.5).contains(party["uniform"]?.random.recall_of_best ?? 0))
        #expect(rows[0].reels["auto"]?.reel.recall_of_best == 1)
        let last = try #require(run.output.split(separator: "\n").last)
        let summary = try MomentsJSON.decode(Summary.self, from: Data(last.utf8)).summary
        #expect(summary.keys.sorted() == ["all", "party", "sure", "test"])
        #expect(summary["all"]?["auto"]?.clips == 2 && summary["sure"]?["auto"]?.clips == 1)
        #expect(summary["sure"]?["auto"]?.recall_of_best == party["auto"]?.reel.recall_of_best)
        #expect(summary["all"]?["editor"]?.clips == 1)
    }

    @Test("people get a line a clip and the summary, of the clips and modes they name")
    func lines() async throws {
        try makeFolder()
        let run = try await bench(["--judged", folder, "--only", "pa*", "--analysis", "auto"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("clip, recall of best"))
        #expect(lines[1].hasPrefix("party ") && lines[1].contains(" good "))
        #expect(!run.output.contains("mute") && !run.output.contains("momentsd, full"))
        for title in [
            "momentsd, auto", "frame difference", "loudness", "uniform", "random ", "random, 95th percentile",
            "second editor",
        ] {
            #expect(lines.contains { $0.hasPrefix(title) }, "\(title): \(run.output)")
        }
        // All clips are the one sure clip here.
        #expect(lines.contains { $0.hasPrefix("second editor           1.00    1.00    1.00") }, "\(run.output)")
        #expect(lines.count { $0.hasPrefix("clips: ") } == 2)
        // The poster is of the party, and so is nearly all of the reel.
        let posters = try #require(lines.firstIndex { $0.hasPrefix("posters: all ") })
        #expect(lines[posters + 1].hasPrefix("momentsd, auto          1       100 %   100 %   0 % "), "\(run.output)")
        #expect(lines.count { $0.hasPrefix("posters: ") } == 2)
    }

    @Test("a judge that is named has a column of its own, and is told which clip it judges")
    func judged() async throws {
        try makeFolder()
        let script = #"""
            [ "$1" = party ] || exit 3
            awk -F'[ ,:]+' 'BEGIN { printf "{\"scores\":[" }
                $2 == "\"id\"" { id = $3 }
                $2 == "\"in\"" { printf "%s{\"id\":%d,\"score\":%d}", comma, id, ($3 < 6 ? 9 : 1); comma = "," }
                END { printf "]}" }'
            """#
        try write(script, to: "judge.sh")
        let command = FilePath("sh \(folder.appending("judge.sh")) {name}")
        let words: [FilePath] = ["--judged", folder, "--analysis", "auto", "--json", "--judge", command]
        let run = try await bench(words)
        // Of the one whose judge fails nothing can be compared.
        #expect(run.exit == .exited(1))
        #expect(
            run.errors.contains("'mute' is left out: the judge does not count: it ended with status 3"),
            "\(run.errors)"
        )
        let rows = try rows(run)
        #expect(rows.map(\.clip) == ["party"])
        // It wanted the calm beginning, of which a person wants nothing.
        #expect((rows[0].reels["auto"]?.reel.recall_of_best ?? 0) > 0.8)
        #expect((rows[0].reels["judge"]?.reel.recall_of_best ?? 1) < 0.7)
    }

    @Test("a clip that is not there, or is no video, is named and left out; the others are done")
    func leftOut() async throws {
        try makeFolder()
        try write(#"{"file": "gone.mp4", "duration": 9, "events": []}"#, to: "gone.truth.json")
        try write(#"{"file": "party.truth.json", "duration": 9, "events": []}"#, to: "text.truth.json")
        let run = try await bench(["--judged", folder, "--analysis", "auto", "--json"])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("'gone' is left out: there is no"), "\(run.errors)")
        #expect(run.errors.contains("'text' is left out: UnsupportedFormat: "), "\(run.errors)")
        #expect(try rows(run).map(\.clip) == ["mute", "party"])
        let none = try await bench(["--judged", folder, "--only", "x*"])
        #expect(none.exit == .exited(1))
        #expect(none.errors.contains("holds no x*.truth.json"), "\(none.errors)")
        try write(#"{"file": "a.mp4", "duration": 9, "events": 5}"#, to: "broken.truth.json")
        let broken = try await bench(["--judged", folder])
        #expect(broken.exit == .exited(1))
        #expect(broken.errors.contains("broken.truth.json' is not understood"), "\(broken.errors)")
    }

    @Test("a clip of which ffmpeg is cut short is left out: a reel of its half would be beaten too easily")
    func cutShort() async throws {
        try makeFolder()
        let tools = ScratchFolder.path.appending("tools")
        try Folder.make(tools)
        // Ten pictures, then the end that ffmpeg comes to at a signal.
        let script = "#!/bin/sh\nhead -c 51840 /dev/zero\nexit 255\n"
        try AtomicFile.replace(tools.appending("ffmpeg"), with: script.utf8, mode: 0o755, durable: false)
        let words: [FilePath] = ["--judged", folder, "--only", "mute", "--analysis", "auto"]
        let run = try await bench(words, search: "\(tools):/usr/bin:/bin")
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("'mute' is left out: ffmpeg cannot decode the pictures of '"), "\(run.errors)")
    }

    private struct Real: Decodable {
        let file: FilePath
        let duration: Double
    }

    @Test("real clips that a person has judged", .enabled(if: RealClips.judged != nil))
    func real() async throws {
        let folder = try #require(RealClips.judged)
        let truths = try Folder.names(in: folder).filter { $0.hasSuffix(".truth.json") }.map { name in
            let path = folder.appending(name)
            let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
            let name = FilePath(bytes: name.bytes.dropLast(".truth.json".utf8.count))
            return (name: name, real: try MomentsJSON.decode(Real.self, from: Data(bytes)))
        }
        let shortest = truths.sorted { ($0.real.duration, $0.name) < ($1.real.duration, $1.name) }.prefix(2)
        #expect(shortest.count == 2)
        for (name, real) in shortest {
            let run = try await bench(["--judged", folder, "--only", name, "--analysis", "auto", "--json"])
            #expect(run.exit == .exited(0), "\(run.errors)")
            let row = try #require(try rows(run).first)
            #expect(row.clip == name.text && row.target <= real.duration)
            for (chooser, reel) in row.reels {
                #expect((0...1.000001).contains(reel.reel.recall_of_best), "\(name), \(chooser)")
                #expect((0.3...1.15).contains(reel.length), "\(name), \(chooser): \(reel.length)")
            }
        }
    }
}
