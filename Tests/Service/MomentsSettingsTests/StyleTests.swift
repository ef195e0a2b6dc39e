import MomentsCore
import MomentsSettings
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("styles as files", .scratchFolder)
struct StyleTests {
    private let main = ScratchFolder.path.appending("momentsd.conf")

    private func file(_ name: String) -> FilePath { ScratchFolder.path.appending("styles").appending(FilePath(name)) }

    private func write(_ text: String, _ path: FilePath) throws {
        try Folder.make(path.parent)
        try AtomicFile.replace(path, with: text.utf8, durable: false)
    }

    private func load(_ text: String = "") throws -> (settings: Settings, notes: [String]) {
        try write(text, main)
        return try Settings.load(main)
    }

    /// The style of a file "house.conf" with this content.
    private func style(_ text: String) throws -> StyleEntry {
        try write(text, file("house.conf"))
        let house = try #require(StyleName(rawValue: "house"))
        return try #require(try load().settings.styles.find(house))
    }

    @Test("the files that ship say, key by key, what is built in")
    func shipped() throws {
        let root = FilePath(#filePath).parent.parent.parent.parent.appending("systemd/styles")
        let (settings, notes) = try load("[Folders]\nStyles=\(root)\n")
        #expect(notes.isEmpty && settings.styles.entries.count == ClipFlavour.allCases.count)
        for flavour in ClipFlavour.allCases {
            let entry = try #require(settings.styles.find(flavour.style.name))
            #expect(entry.file == root.appending(FilePath(flavour.rawValue + ".conf")))
            #expect(entry.style == flavour.style)
            // None is left to the base.
            let path = try #require(entry.file)
            let text = String(
                decoding: try Descriptor.openRegular(path).read(1 << 16, at: 0, of: path),
                as: UTF8.self
            )
            #expect(text.split(separator: "\n").count { $0.contains("=") && !$0.hasPrefix("#") } == 22)
        }
    }

    @Test("without any file the three that ship are there")
    func builtIn() {
        #expect(Settings().styles.entries.map(\.name) == [.energetic, .minimalist, .modern])
        #expect(Settings().styles.entries.allSatisfy { $0.file == nil && $0.trouble == nil && $0.style != nil })
    }

    @Test("every key is read, and what is not named is the base's")
    func everyKey() throws {
        let entry = try style(
            """
            [Style]
            Base=energetic
            Transition=fade
            LongestShot=7.5s
            StillShot=3
            Zoom=1.5
            Captions=off
            Ducking=20 dB
            [Letters]
            Title=Lobster, Serif
            TitleWeight=300
            TitleItalic=no
            Detail=Inter
            DetailWeight=500
            DetailItalic=off
            [Colours]
            Text=#ffeedd
            Box=#000001
            Accent=#0B7A4B
            TextOnAccent=#FFFFFF
            CardTop=#101010
            CardBottom=#202020
            TextOnCard=#FEFEFE
            [Form]
            LowerThird=line
            Radius=0.05
            """
        )
        let house = try #require(entry.style)
        #expect(entry.trouble == nil && house.name.rawValue == "house" && house.flavour == .energetic)
        #expect(house.transition == .fade && house.longestShot == 7.5 && house.stillShot == 3 && house.zoom == 1.5)
        #expect(!house.writesVoice && house.ducking == 20)
        #expect(house.look.title == ClipLetters(families: "Lobster, Serif", weight: 300, isItalic: false))
        #expect(house.look.detail == ClipLetters(families: "Inter", weight: 500, isItalic: false))
        let colors = house.look.colors
        #expect([colors.text, colors.box, colors.accent].map(\.text) == ["#FFEEDD", "#000001", "#0B7A4B"])
        #expect([colors.onAccent, colors.onCard].map(\.value) == [0xFFFFFF, 0xFEFEFE])
        #expect([colors.cardTop, colors.cardBottom].map(\.value) == [0x101010, 0x202020])
        #expect(house.look.form == .line && house.look.radius == 0.05)

        var expected = ClipStyle.minimalist
        (expected.name, expected.zoom) = (house.name, 1.3)
        #expect(try style("[Style]\nBase=minimalist\nZoom=1.3\n").style == expected)
        // An empty value is the base's, and so is the whole of an empty file.
        expected.zoom = ClipStyle.minimalist.zoom
        #expect(try style("[Style]\nZoom=1.3\nZoom=\nBase=minimalist\n").style == expected)
        #expect(try style("").style?.look == ClipStyle.modern.look)
    }

    @Test(
        "each value has its range, and a mistake is told with file, line and what is allowed",
        arguments: [
            ("Style", "Base=baroque", "modern, minimalist, energetic"),
            ("Style", "Transition=wipe", "cut, dissolve, fade"),
            ("Style", "LongestShot=1s", "from 1.5s to 60s"), ("Style", "StillShot=1min", "from 1s to 30s"),
            ("Style", "Zoom=0.9", "from 1 (none) to 2"), ("Style", "Zoom=nan", "from 1 (none) to 2"),
            ("Style", "Captions=on", "off, burn"), ("Style", "Ducking=61dB", "from 0 to 60"),
            ("Style", "Ducking=-12", "from 0 to 60"), ("Letters", "TitleWeight=99", "from 100 to 1000"),
            ("Letters", "DetailWeight=bold", "from 100 to 1000"), ("Letters", "Title=Sans,,Serif", "families"),
            ("Letters", "TitleItalic=maybe", "on or off"), ("Colours", "Accent=red", "#RRGGBB"),
            ("Colours", "Accent=#12345", "#RRGGBB"), ("Colours", "Box=#12345G", "#RRGGBB"),
            ("Form", "LowerThird=oval", "box, line, block"), ("Form", "Radius=0.2", "from 0 to 0.1"),
        ]
    )
    func ranges(section: String, line: String, allowed: String) throws {
        let entry = try style("# House.\n[\(section)]\n\(line)\n")
        let trouble = try #require(entry.trouble)
        let parts = line.split(separator: "=")
        #expect(entry.style == nil)
        #expect(
            trouble.hasPrefix(
                "\(file("house.conf")):3: [\(section)] \(parts[0])= cannot be '\(parts[1])'; allowed is "
            ),
            "\(trouble)"
        )
        #expect(trouble.contains(allowed), "\(trouble)")
    }

    @Test("text that could not be read on what it stands on is refused")
    func contrast() throws {
        let entry = try style("[Colours]\nAccent=#777777\nTextOnAccent=#888888\n")
        #expect(
            entry.trouble?.hasPrefix(
                "\(file("house.conf")):3: [Colours] TextOnAccent= #888888 cannot be read on Accent= #777777"
            )
                == true
        )
        #expect(try style("[Colours]\nCardTop=#FFFFFF\n").trouble?.contains("TextOnCard= #FFFFFF") == true)
        #expect(try style("[Colours]\nText=#10141C\n").trouble?.contains("Box= #10141C") == true)
    }

    @Test("keys that nobody knows are told, and names that are none are ignored")
    func unknown() throws {
        try write("[Style]\nzoom=1.2\n[Highlight]\nStyle=modern\n", file("house.conf"))
        try write("", file("a\u{202E}b.conf"))
        try write("", file(String(repeating: "x", count: 101) + ".conf"))
        let (settings, notes) = try load()
        #expect(
            notes.contains { $0.contains("house.conf:2: no style has a key zoom=") && $0.contains("[Style] Zoom=?") }
        )
        #expect(notes.contains { $0.contains("house.conf:4:") })
        #expect(notes.count { $0.contains("the name is no name for a style") } == 2)
        #expect(settings.styles.entries.map(\.name.rawValue) == ["energetic", "house", "minimalist", "modern"])
    }

    @Test("a file stands for the style of its name that is built in, and takes what it does not say from it")
    func replaced() throws {
        try write("[Style]\nZoom=1.4\n", file("energetic.conf"))
        let entry = try #require(try load().settings.styles.find(.energetic))
        #expect(entry.style?.look == ClipStyle.energetic.look && entry.style?.zoom == 1.4)
        #expect(entry.style?.unlessShipped == entry.style && ClipStyle.energetic.unlessShipped == nil)
    }

    @Test("a damaged file among good ones is told; the others work, and only who names it fails")
    func damaged() throws {
        try write("[Style]\nZoom=9\n", file("broken.conf"))
        try write("what is this\n", file("torn.conf"))
        try write("[Style]\nBase=minimalist\n", file("good.conf"))
        let (settings, notes) = try load()
        #expect(notes.contains { $0.contains("broken.conf:2: [Style] Zoom=") && $0.contains("cannot be used") })
        #expect(notes.contains { $0.contains("torn.conf:1:") })
        func resolve(_ request: String) throws(JobError) -> JobOptions {
            try settings.resolve(request: Array(request.utf8), folderPreset: nil).options
        }
        let good = try resolve(#"{"product_name": "A", "style": "good"}"#)
        #expect(good.product?.style.rawValue == "good" && good.transition == .fade)
        #expect(try settings.style(for: good).look == ClipStyle.minimalist.look)
        for name in ["broken", "torn"] {
            let error = try #require(throws: JobError.self) {
                _ = try resolve(#"{"product_name": "A", "style": "\#(name)"}"#)
            }
            #expect(error.kind == .invalidRequest && error.detail == "style")
            #expect(
                error.message.contains("names the style '\(name)', which cannot be used")
                    && error.message.contains(".conf:")
            )
        }
        // What has no style is none of its business.
        let plain = try load("[Highlight]\nStyle=broken\n").settings
        #expect(try plain.style(for: plain.resolve(request: nil, folderPreset: nil).options) == .modern)
        #expect(throws: JobError.self) {
            _ = try plain.resolve(request: Array(#"{"product_name": "A"}"#.utf8), folderPreset: nil)
        }
    }

    @Test("an unknown style is refused with the names there are, whoever names it")
    func unknownNames() throws {
        try write("", file("house.conf"))
        let settings = try load().settings
        let there = "energetic, house, minimalist, modern"
        for request in [#"{"style": "baroque"}"#, #"{"product_name": "A", "style": "baroque"}"#] {
            let error = try #require(throws: JobError.self) {
                _ = try settings.resolve(request: Array(request.utf8), folderPreset: nil)
            }
            #expect(
                error.message.contains("names 'baroque', which is no style; there are: \(there)"),
                "\(error.message)"
            )
        }
        let story = Array(#"{"user_prompt": "A.", "style": "baroque"}"#.utf8)
        let error = try #require(throws: JobError.self) {
            _ = try settings.resolve(story: story, request: nil, folderPreset: nil)
        }
        #expect(error.kind == .invalidRequest && error.message.contains(there))
        try write("[Highlight]\nStyle=baroque\n", ScratchFolder.path.appending("presets/old.conf"))
        let preset = try #require(throws: SettingsError.self) { _ = try load() }
        #expect(
            preset.description.hasSuffix(
                "old.conf:2: [Highlight] Style= cannot be 'baroque'; allowed is one of \(there)"
            )
        )
        try write("[Highlight]\nStyle=house\n", ScratchFolder.path.appending("presets/old.conf"))
        let main = try #require(throws: SettingsError.self) { _ = try load("[Highlight]\nStyle=rococo\n") }
        #expect(main.line == 2 && main.reason.contains(there))
        let house = try load("[Highlight]\nStyle=house\n").settings
        #expect(
            try house.resolve(story: Array(#"{"user_prompt": "A."}"#.utf8), request: nil, folderPreset: nil)
                .options.story?.style.rawValue == "house"
        )
    }
}
