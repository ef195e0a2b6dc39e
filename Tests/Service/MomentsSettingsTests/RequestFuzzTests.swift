import MomentsCore
import MomentsSettings
import MomentsSystem
import MomentsTestSupport
import Testing

/// What people write: requests beside their videos, and the administrator's files.
@Suite("requests and configuration of any bytes", .scratchFolder, .timeLimit(.minutes(30)))
struct RequestFuzzTests {
    @Test("requests")
    func requests() throws {
        let settings = Settings()
        let seeds = [
            #"{"target_duration": 45, "quality": "medium", "preset": "vertical", "title": "A \u00e9\ud83c\udfac day"}"#,
            #"{"segments": [{"in": 1.5, "out": 3}, {"in": "00:01:02.5", "out": "1min 10s"}], "quality": "original"}"#,
            #"{"pin": [{"in": 1, "out": 2}], "ban": [{"in": 5e0, "out": 6}], "target_duration": "1min"}"#,
        ]
        var mutants = Mutants(
            of: seeds.map { Array($0.utf8) },
            words: ["\"", "\\u", "\\ud800", "{", "[", ":", ",", "\"in\"", "\"pin\"", "h", "ms", "\u{feff}", "\0"]
        )
        try mutants.each("requests") { bytes in
            guard let options = try? settings.resolve(request: bytes, folderPreset: nil).options else { return }
            // What was taken can be calculated with.
            #expect((0...1e9).contains(options.targetDuration))
            for range in options.segments + options.pin + options.ban { _ = range.range }
        }
    }

    @Test("configuration")
    func configuration() throws {
        let seeds = [
            "[Folders]\nInbox=/srv/in\n[Intake]\nSettleTime=5s\nIgnore=*.iso 'raw *'\n[Limits]\nMaxSize=64G\n",
            "[Workers]\nCount=2\nLauncher=nice -n 19\nMemory=auto\nHours=22:00-06:00\nSandbox=best\n[Status]\nMode=0660\n",
            "; a comment\n[Highlight]\nTargetDuration=1h 30min\nLoudness=-16\nQuality=auto\nEndCard=\"x\"\nPreset=\n",
        ]
        var mutants = Mutants(
            of: seeds.map { Array($0.utf8) },
            words: ["[", "]", "=", "\n", "\"", "\\", ";", "#", "\0", "[Intake]", "infinity", "1e9h", "%", "\r\n"]
        )
        let file = ScratchFolder.path.appending("m.conf")
        try mutants.each("configuration") { bytes in
            _ = try? AtomicFile.replace(file, with: bytes, durable: false)
            _ = try? Settings.load(file)
        }
    }
}
