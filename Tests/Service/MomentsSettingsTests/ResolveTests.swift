import MomentsCore
import MomentsSettings
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("resolving what is in effect for a video", .scratchFolder)
struct ResolveTests {
    private func settings(_ main: String = "", presets: [String: String] = [:]) throws -> Settings {
        let file = ScratchFolder.path.appending("m.conf")
        try AtomicFile.replace(file, with: main.utf8, durable: false)
        for (name, text) in presets {
            let file = ScratchFolder.path.appending("presets/\(name).conf")
            try Folder.make(file.parent)
            try AtomicFile.replace(file, with: text.utf8, durable: false)
        }
        return try Settings.load(file).settings
    }

    private func refusal(_ request: String, _ settings: Settings = Settings()) throws -> JobError {
        try #require(throws: JobError.self) {
            _ = try settings.resolve(request: Array(request.utf8), folderPreset: nil)
        }
    }

    @Test("a request wins over a preset, a preset over the main file, and that over the defaults")
    func precedence() throws {
        let settings = try settings(
            "[Highlight]\nTargetDuration=20\nQuality=low\nLoudness=-20\n",
            presets: ["fast": "[Highlight]\nTargetDuration=10\nQuality=medium\n[Limits]\nMinWidth=100\n"]
        )
        let request = Array(#"{"target_duration": 5}"#.utf8)
        let wish = try settings.resolve(request: request, folderPreset: "fast")
        let (options, preset) = (wish.options, wish.preset)
        #expect(preset == "fast")
        #expect(options.targetDuration == 5)
        #expect(options.quality == .medium)
        #expect(options.loudness == -20)
        #expect(options.limits.minWidth == 100)
        #expect(options.limits.minHeight == 16)
        let plain = try settings.resolve(request: nil, folderPreset: nil)
        #expect(plain.preset == nil)
        #expect(plain.options.targetDuration == 20)
    }

    @Test("several shapes come from the main file, a preset or a request, each once; the first is the reel's")
    func aspects() throws {
        let settings = try settings(
            "[Highlight]\nAspect=source, 9:16\n",
            presets: ["feeds": "[Highlight]\nAspect=4:5 1:1 9:16\n"]
        )
        func aspects(_ request: String?, _ folder: String?) throws -> [ReelAspect] {
            try settings.resolve(request: request.map { Array($0.utf8) }, folderPreset: folder).options.aspects
        }
        #expect(try aspects(nil, nil) == [.source, .portrait])
        #expect(try aspects(nil, "feeds") == [.feed, .square, .portrait])
        #expect(try aspects(#"{"aspect": ["16:9", "1:1"]}"#, "feeds") == [.screen, .square])
        #expect(try aspects(#"{"aspect": "1:1"}"#, "feeds") == [.square])
        let told = try refusal(#"{"aspect": ["1:1", "9:16", "1:1"]}"#).message
        #expect(told.contains(#""aspect""#) && told.contains("each once"), "\(told)")
        let config = try settings.resolve(request: nil, folderPreset: "feeds").options
        #expect(config.aspect == .feed)
        #expect(try MomentsJSON.decode(JobOptions.self, from: MomentsJSON.line(config)) == config)
    }

    @Test("a judge is asked where there is one, unless main file, preset or request do not want that")
    func judge() throws {
        func asks(_ settings: Settings, _ request: String? = nil, _ folder: String? = nil) throws -> Bool {
            try settings.resolve(request: request.map { Array($0.utf8) }, folderPreset: folder).options.judge
        }
        let presets = ["blind": "[Judge]\nAsk=off\n", "seen": "[Judge]\nAsk=on\n"]
        #expect(try !asks(settings(presets: presets), #"{"judge": true}"#, "seen"))
        let judged = try settings("[Judge]\nCommand=look\n", presets: presets)
        #expect(try asks(judged))
        #expect(try !asks(judged, nil, "blind"))
        #expect(try !asks(judged, #"{"judge": false}"#))
        #expect(try asks(judged, #"{"judge": true}"#, "blind"))
        #expect(judged.options(ofPreset: "seen")?.judge == true)
        let shy = try settings("[Judge]\nCommand=look\nAsk=off\n", presets: presets)
        #expect(try !asks(shy) && asks(shy, nil, "seen"))
        #expect(try refusal(#"{"judge": "maybe"}"#, judged).message.contains("allowed is true or false"))
    }

    @Test("the request's preset wins over the folder's, and that over the main file's")
    func presetOrder() throws {
        let settings = try settings("[Highlight]\nPreset=a\n", presets: ["a": "", "b": "", "c": ""])
        #expect(settings.presetNames() == ["a", "b", "c"])
        #expect(try settings.resolve(request: nil, folderPreset: nil).preset == "a")
        #expect(try settings.resolve(request: nil, folderPreset: "b").preset == "b")
        let request = Array(#"{"preset": "c"}"#.utf8)
        #expect(try settings.resolve(request: request, folderPreset: "b").preset == "c")
    }

    @Test(
        "a folder selects a preset only by exactly its name",
        arguments: ["..", ".", "A", "a.conf", "../a", "a/", "", "a\u{0}", "é", ".hidden"]
    )
    func folderNames(name: String) throws {
        let settings = try settings(presets: ["a": "", "e\u{301}": ""])
        #expect(try settings.resolve(request: nil, folderPreset: name).preset == nil)
    }

    @Test("an unknown preset in a request names those there are")
    func unknownPreset() throws {
        let error = try refusal(#"{"preset": "../../etc/passwd"}"#, try settings(presets: ["a": "", "b": ""]))
        #expect(error.kind == .unknownPreset)
        #expect(error.message.contains("'../../etc/passwd', which is no preset; there are: a, b"))
    }

    @Test("a bad preset file stops the start, and a main file cannot name a preset that is missing")
    func badPresets() throws {
        let error = try #require(throws: SettingsError.self) {
            _ = try settings(presets: ["x": "[Highlight]\nQuality=best\n"])
        }
        #expect("\(error)".contains("presets/x.conf:2: [Highlight] Quality= cannot be 'best'"))
        try Folder.removeTree(ScratchFolder.path.appending("presets"))
        #expect(throws: SettingsError.self) { _ = try settings("[Highlight]\nPreset=nope\n") }
    }

    @Test("keys that mean nothing in a preset are noted")
    func presetNotes() throws {
        _ = try settings(presets: ["x": "[Workers]\nCount=9\n[Highlight]\nPreset=y\nNew=1\n"])
        let notes = try Settings.load(ScratchFolder.path.appending("m.conf")).notes
        #expect(notes.count == 3)
        #expect(notes[0].contains("x.conf:2: [Workers] Count= means nothing in a preset"))
    }

    @Test("every key of a request is read, in each of its forms")
    func fullRequest() throws {
        let text = """
            \u{feff}{"target_duration": "1min 30s", "quality": "high", "title": "Am \\u0053trand \\ud83c\\udfd6",
             "preset": null, "segments": [{"in": 1.5, "out": 3}, [4, 5e0], {"out": "00:01:02.500", "in": "1:01"}],
             "pin": [["10s", "11s"]], "ban": []}
            """
        let options = try Settings().resolve(request: Array(text.utf8), folderPreset: nil).options
        #expect(options.targetDuration == 90)
        #expect(options.quality == .high)
        #expect(options.title == "Am Strand 🏖")
        #expect(
            options.segments == [
                RequestedRange(start: 1.5, end: 3), RequestedRange(start: 4, end: 5),
                RequestedRange(start: 61, end: 62.5),
            ]
        )
        #expect(options.pin == [RequestedRange(start: 10, end: 11)])
    }

    @Test(
        "a bad request names key, value and what is allowed",
        arguments: [
            (#"{"target_duration": -3}"#, "\"target_duration\" cannot be -3; allowed is seconds from 1 to 86400"),
            (#"{"target_duration": 1e999}"#, "cannot be 1e999"),
            (#"{"target_duration": true}"#, "cannot be true"),
            (#"{"target_duration": "NaN"}"#, "cannot be \"NaN\""),
            (#"{"target_duration": NaN}"#, "not JSON: line 1: a value is expected"),
            (#"{"quality": "ultra"}"#, "allowed is \"low\", \"medium\", \"high\", \"original\", \"auto\""),
            (#"{"qualtiy": "high"}"#, "key \"qualtiy\" with the value \"high\" is not known; allowed are"),
            (#"{"quality": "low", "quality": "high"}"#, "\"quality\" is there twice"),
            (#"{"segments": [{"in": 5, "out": 5}]}"#, "\"segments[0]\" cannot be {\"in\": 5, \"out\": 5}"),
            (#"{"pin": [[1, 2], [-1, 2]]}"#, "\"pin[1]\" cannot be [-1, 2]"),
            (#"{"ban": [{"in": 1, "out": 2, "x": 3}]}"#, "\"ban[0]\""),
            (#"{"ban": [[1, 1e300]]}"#, "from 0 to 1000000 seconds"),
            (#"{"ban": "all"}"#, "a list of at most 1000 stretches"),
            (#"{"title": "a\nb"}"#, "\"title\" cannot be \"a\\u{a}b\""),
            (#"{"title": 5}"#, "at most 200 characters"),
            (#"{"\u001b[31m": 1}"#, "\"\\u{1b}[31m\""),
            (#"{"preset": ""}"#, "\"preset\" cannot be \"\""),
            ("[]", "must be one JSON object"),
            ("", "not JSON: line 1: it is empty"),
            ("{\n\n\"a\" 1}", "line 3: a colon is expected"),
            (#"{"a": 01}"#, "a number is not well formed"),
            (#"{"a": "\ud800"}"#, "half a surrogate pair"),
            (#"{} {}"#, "something follows behind the end"),
            (#"{"a": "#, "it ends too early"),
        ]
    )
    func badRequest(text: String, reason: String) throws {
        let error = try refusal(text)
        #expect(error.kind == .invalidRequest)
        #expect(error.message.contains(reason), "\(error.message)")
        #expect(error.message.utf8.count < 600)
    }

    @Test("texts made to hurt are refused quickly: too deep, too large, not UTF-8")
    func hostile() throws {
        #expect(try refusal(String(repeating: "[", count: 500_000)).message.contains("nested deeper"))
        #expect(try refusal(String(repeating: " ", count: 1 << 20) + "{}").message.contains("larger than 1 MiB"))
        #expect(try refusal(#"{"title": ""# + String(repeating: "x", count: 5000) + "\"}").message.contains("xxx…"))
        let error = try #require(throws: JobError.self) {
            _ = try Settings().resolve(request: [0x7b, 0xff, 0x7d], folderPreset: nil)
        }
        #expect(error.message.contains("not UTF-8"))
    }
}
