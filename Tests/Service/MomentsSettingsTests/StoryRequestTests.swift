import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@testable import MomentsSettings

@Suite("stories are read, each field against its own limit", .scratchFolder)
struct StoryRequestTests {
    private func resolve(_ story: String, request: String? = nil) throws -> JobWish {
        try Settings().resolve(story: Array(story.utf8), request: request.map { Array($0.utf8) }, folderPreset: nil)
    }

    @Test("every key of a story counts")
    func whole() throws {
        let text = """
            {"user_prompt": "A day at sea.", "model_id": "local:kenburns", "max_shots": 3, "style": "energetic",
             "style_preferences": {"palette": "warm"}, "reference_images": ["a.jpg", "more/b.png"], "language": "de",
             "reference_picture": "hero.png", "voice_over": true, "aspect": "9:16", "resolution": 360, "title": "Sea",
             "product_name": "Boat", "cta_text": "Sail", "product_image": "boat.webp",
             "shots": [{"id": "one", "text": "Go", "duration": 2.5, "image": "a.jpg", "motion": "pan_left",
                        "generator": "local:cards", "file": "shots/shot_001.mp4", "key": "x"}]}
            """
        let wish = try resolve(text)
        let story = try #require(wish.options.story)
        #expect(story.prompt == "A day at sea." && story.maxShots == 3 && story.style == .energetic)
        #expect(story.preferences == ["palette: warm"] && story.language == .german && story.voice == .script)
        #expect(story.pictures == ["a.jpg", "more/b.png", "hero.png", "boat.webp"])
        #expect(story.size == (360, 640) && wish.options.title == "Sea" && !wish.options.judge)
        #expect(story.product == Story.Product(name: "Boat", callToAction: "Sail", image: "boat.webp"))
        #expect(story.shots[0].motion == .panLeft && story.shots[0].generator == "local:cards" && !story.isPlanOnly)
        // What stands in a manifest is what was wanted.
        let again = try MomentsJSON.decode(JobOptions.self, from: MomentsJSON.line(wish.options))
        #expect(again == wish.options)
    }

    @Test("a concept is a storyboard only, until that is saved as the request")
    func concept() throws {
        let text = #"{"concept_prompt": "A letter", "num_scenes": 5}"#
        let story = try #require(try resolve(text).options.story)
        #expect(story.isPlanOnly && story.maxShots == 5)
        let board = #"{"schema": "momentsd.storyboard/1", "shots": [{"text": "One"}]}"#
        let filmed = try #require(try resolve(text, request: board).options.story)
        #expect(!filmed.isPlanOnly && filmed.shots.count == 1)
        #expect(try resolve(text, request: #"{"cancel": true}"#).isCancelled)
    }

    @Test("the storyboard of a concept, saved as it was written, is filmed; a new concept is planned anew")
    func conceptFilmed() throws {
        let text = #"{"concept_prompt": "A letter", "num_scenes": 2}"#
        let board = """
            {"schema": "momentsd.storyboard/1", "title": "A letter", "user_prompt": "A letter", "language": "en",
             "style": "modern", "aspect": "16:9", "resolution": 720, "shots": [{"text": "One"}, {"text": "Two"}]}
            """
        let filmed = try #require(try resolve(text, request: board).options.story)
        #expect(!filmed.isPlanOnly && filmed.shots.count == 2)
        let other = #"{"concept_prompt": "Two letters", "num_scenes": 3}"#
        let again = try #require(try resolve(text, request: other).options.story)
        #expect(again.isPlanOnly && again.maxShots == 3 && again.prompt == "Two letters")
        #expect(throws: JobError.self) {
            try resolve(text, request: #"{"user_prompt": "a", "concept_prompt": "b"}"#)
        }
    }

    @Test(
        "every script is taken, with what joins its letters and emoji; what turns the direction of the rest is not",
        arguments: [
            ("می\u{200c}خواهم به دریا بروم.", true), ("The 👨\u{200d}👩\u{200d}👧 at sea.", true), ("שלום\u{200f}!", true),
            ("evil \u{202e}gpj.exe", false), ("a\u{2066}b", false), (" \u{200b}\n ", false),
        ]
    )
    func scripts(text: String, isTaken: Bool) throws {
        let written = text.replacing("\n", with: "\\n")
        for key in ["user_prompt", "concept_prompt", "product_name"] {
            let name = text.replacing("\n", with: " ")
            let story = "{\"\(key)\": \"\(key == "product_name" ? name : written)\"}"
            if isTaken {
                _ = try resolve(story)
            } else {
                #expect(throws: JobError.self, "\(story)") { try resolve(story) }
            }
        }
        let voice = "{\"user_prompt\": \"a\", \"voice_over\": \"\(written)\"}"
        if isTaken { _ = try resolve(voice) } else { #expect(throws: JobError.self) { try resolve(voice) } }
    }

    @Test("what a story does not name is its preset's: style, language, shape, and whether words are written")
    func preset() throws {
        let file = ScratchFolder.path.appending("m.conf")
        let preset = ScratchFolder.path.appending("presets/tall.conf")
        try Folder.make(preset.parent)
        let text = "[Highlight]\nStyle=energetic\nLanguage=tr\nAspect=9:16\nCaptions=burn\n[Subjects]\nBlur=faces\n"
        try AtomicFile.replace(preset, with: text.utf8, durable: false)
        try AtomicFile.replace(file, with: "[Planner]\nCommand=/bin/plan\n".utf8, durable: false)
        let settings = try Settings.load(file).settings
        func wish(_ text: String, _ folder: String?) throws -> JobOptions {
            try settings.resolve(story: Array(text.utf8), request: nil, folderPreset: folder).options
        }
        let taken = try wish(#"{"user_prompt": "a", "voice_over": true}"#, "tall")
        let story = try #require(taken.story)
        #expect(story.style == .energetic && story.language == .turkish && story.aspect == .portrait)
        #expect(story.writesVoice(in: .energetic) && taken.subjects.blur == .faces && story.asksPlanner == nil)
        let named = try wish(#"{"user_prompt": "a", "preset": "tall", "style": "modern", "language": "de"}"#, nil).story
        #expect(named?.style == .modern && named?.language == .german && named?.writesVoice(in: .modern) == false)
        #expect(try wish(#"{"user_prompt": "a"}"#, nil).story?.aspect == .screen)
        // A concept is planned by the command there is.
        #expect(try wish(#"{"concept_prompt": "a"}"#, nil).story?.asksPlanner == true)
        #expect(try resolve(#"{"concept_prompt": "a"}"#).options.story?.asksPlanner == nil)
    }

    @Test("a voice's words are written where the request or the style says so, and its language is the preset's")
    func voices() throws {
        func options(_ request: String) throws -> JobOptions {
            var settings = Settings()
            settings.options.language = .french
            return try settings.resolve(request: Array(request.utf8), folderPreset: nil).options
        }
        #expect(try options(#"{"voice_over": "A."}"#).captions == .off)
        #expect(try options(#"{"voice_over": "A.", "captions": "burn"}"#).captions == .burn)
        #expect(try options(#"{"voice_over": "A.", "style": "energetic"}"#).captions == .burn)
        #expect(try options(#"{"voice_over": "A.", "style": "energetic", "captions": "off"}"#).captions == .off)
        #expect(try options(#"{"style": "energetic"}"#).captions == .off)
        #expect(try options(#"{"voice_over": "A."}"#).language == .french)
        #expect(try options(#"{"voice_over": "A.", "language": "es"}"#).language == .spanish)
        // A manifest tells no language of what has no voice: it must not look like a change.
        let silent = try options("{}")
        #expect(try MomentsJSON.decode(JobOptions.self, from: MomentsJSON.line(silent)) == silent)
    }

    private static let long = String(repeating: "x", count: 5001)

    @Test(
        "what is not allowed is refused with the key and what is allowed",
        arguments: [
            (#"{"user_prompt": ""}"#, "user_prompt", "1 to 2000"),
            (#"{"user_prompt": "\#(long)"}"#, "user_prompt", "1 to 2000"),
            (#"{"user_prompt": "a\u0007b"}"#, "user_prompt", "control"),
            (#"{"user_prompt": "a", "max_shots": 0}"#, "max_shots", "1 to 20"),
            (#"{"user_prompt": "a", "max_shots": 2.5}"#, "max_shots", "1 to 20"),
            (#"{"user_prompt": "a", "model_id": "nobody"}"#, "model_id", "local:cards"),
            (#"{"user_prompt": "a", "style": "baroque"}"#, "style", "minimalist"),
            (#"{"user_prompt": "a", "style_preferences": [1]}"#, "style_preferences", "10 lines"),
            (#"{"user_prompt": "a", "reference_images": ["../a.jpg"]}"#, "reference_images[0]", "beside"),
            (#"{"user_prompt": "a", "reference_images": ["/etc/a.jpg"]}"#, "reference_images[0]", "beside"),
            (#"{"user_prompt": "a", "reference_images": ["x/.a.jpg"]}"#, "reference_images[0]", "beside"),
            (#"{"user_prompt": "a", "reference_picture": 5}"#, "reference_picture", "beside"),
            (#"{"user_prompt": "a", "language": "xx"}"#, "language", "\"tr\""),
            (#"{"user_prompt": "a", "resolution": 4000}"#, "resolution", "144 to 1080"),
            (#"{"user_prompt": "a", "aspect": "3:7"}"#, "aspect", "16:9"),
            (#"{"user_prompt": "a", "voice_over": "\#(long)"}"#, "voice_over", "5000"),
            (#"{"user_prompt": "a", "voice_over": "..."}"#, "voice_over", "5000"),
            (#"{"product_name": "\#(long)"}"#, "product_name", "1 to 100"),
            (#"{"product_name": "a", "cta_text": "\#(long)"}"#, "cta_text", "1 to 50"),
            (#"{"cta_text": "Buy"}"#, "product_name", "no"),
            (#"{"concept_prompt": "a", "num_scenes": 21}"#, "num_scenes", "1 to 20"),
            (#"{"user_prompt": "a", "num_scenes": 2}"#, "num_scenes", "concept_prompt"),
            (#"{"shots": [{"duration": 61}]}"#, "shots[0].duration", "0.2 to 60"),
            (#"{"shots": [{"text": 5}]}"#, "shots[0].text", "500"),
            (#"{"shots": [{"motion": "spin"}]}"#, "shots[0].motion", "zoom_in"),
            (#"{"shots": [5]}"#, "shots[0]", "text"),
            (#"{"shots": [{"speed": 5}]}"#, "shots[0].speed", "duration"),
            (#"{"user_prompt": "a", "budget": 5}"#, "budget", "user_prompt"),
            (#"{"user_prompt": "a", "user_prompt": "b"}"#, "user_prompt", "twice"),
            (#"{"title": "a"}"#, "", "nothing to tell"),
            (#"{"user_prompt": "a", "concept_prompt": "b"}"#, "", "one of them"),
            ("[]", "", "one JSON object"), ("{", "", "not JSON"),
        ]
    )
    func refused(text: String, key: String, allowed: String) throws {
        let error = try #require(throws: JobError.self) { try resolve(text) }
        #expect(error.kind == .invalidRequest && error.message.contains(allowed) && error.message.contains(key))
        #expect(key.isEmpty ? error.detail.isEmpty : error.detail == "key=\(key)")
        #expect(error.message.utf8.count < 700)
    }

    @Test("a story of more than 1 MiB, or shots of more than ten minutes, are refused")
    func large() throws {
        let text = #"{"user_prompt": ""# + String(repeating: "x", count: 1 << 20) + "\"}"
        #expect(try #require(throws: JobError.self) { try resolve(text) }.message.contains("1 MiB"))
        let shots = [String](repeating: #"{"duration": 60}"#, count: 11).joined(separator: ",")
        #expect(
            try #require(throws: JobError.self) { try resolve("{\"shots\": [\(shots)]}") }.message.contains("600 s")
        )
    }
}
