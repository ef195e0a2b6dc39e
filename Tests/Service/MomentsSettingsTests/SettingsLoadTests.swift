import MomentsCore
import MomentsSettings
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("loading settings", .scratchFolder)
struct SettingsLoadTests {
    private func write(_ text: String, to name: String = "momentsd.conf") throws -> FilePath {
        let file = ScratchFolder.path.appending(name)
        try Folder.make(file.parent)
        try AtomicFile.replace(file, with: text.utf8, durable: false)
        return file
    }

    private func error(_ text: String) throws -> SettingsError {
        let file = try write(text)
        return try #require(throws: SettingsError.self) { _ = try Settings.load(file) }
    }

    @Test("an empty file gives the defaults, with the presets beside it")
    func defaults() throws {
        let (settings, notes) = try Settings.load(try write(""))
        var expected = Settings(configuration: ScratchFolder.path)
        // A package that is installed here brings the same ones as files.
        expected.styles = settings.styles
        #expect(settings == expected)
        #expect(settings.folders.styles == ScratchFolder.path.appending("styles"))
        #expect(notes.isEmpty)
        #expect(settings.intake.settleTime == .seconds(5))
        #expect(settings.folders.presets == ScratchFolder.path.appending("presets"))
    }

    @Test("the documented file names every key, and its values are the defaults")
    func example() throws {
        let root = FilePath(#filePath).parent.parent.parent.parent
        let file = try Descriptor.open(root.appending("systemd/momentsd.conf"), 0)
        let text = String(decoding: try file.read(1 << 20, at: 0, of: "example"), as: UTF8.self)
        let lines = text.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line.contains("=") ? String(line.dropFirst()) : String(line)
        }
        let (settings, notes) = try Settings.load(try write(lines.joined(separator: "\n")))
        var expected = Settings()
        (expected.folders.presets, expected.folders.styles) = ("/etc/momentsd/presets", "/etc/momentsd/styles")
        expected.styles = settings.styles
        expected.engines.generators = [EngineSettings.Generator(name: "dream")]
        #expect(settings == expected)
        #expect(notes.isEmpty)
        var (section, named) = ("", [String]())
        for line in lines where !line.hasPrefix("#") {
            if line.hasPrefix("[") {
                section = String(line.dropFirst().prefix { $0 != "]" })
            } else if let sign = line.firstIndex(of: "=") {
                named.append("\(section)/\(line[..<sign])")
            }
        }
        #expect(named.sorted() == Settings.keys(withGenerator: "dream").sorted())
    }

    @Test("every key is read")
    func everyKey() throws {
        let (settings, notes) = try Settings.load(
            try write(
                """
                ; all of them
                [Folders]
                Inbox = "/a b/in/"
                Outbox=//x//out
                State='/s'
                Presets=/p
                Styles=/y
                Archive=/a
                Quarantine=/q
                [Intake]
                SettleTime=500ms
                GiveUpAfter=1h 30min
                StalledAfter=10min
                Watch=poll
                PollInterval=2.5
                ReconcileInterval=1d
                Ignore=*.iso 'raw *'
                Ignore=tmp
                Duplicates=process
                AfterSuccess=archive
                AfterFailure=quarantine
                [Highlight]
                TargetDuration=1min
                Quality=medium
                Analysis=full
                Loudness=-23 LUFS
                Marks=hint
                [Subjects]
                Masks=off
                Describe=/usr/bin/say --in "one line"
                DescribeTimeout=3min
                DescribeNetwork=yes
                [Exports]
                Timelines=edl otio
                Gallery=off
                Trickplay=on
                MediaCenter=kodi
                [Judge]
                Command=/usr/bin/look --at "all of it"
                Timeout=2min
                MaxConcurrent=3
                Network=yes
                Ask=off
                [Voice]
                Command=piper --lang {lang}
                Timeout=20s
                Network=yes
                [Generator dream-1.5]
                Command=/usr/bin/dream "all of it"
                Timeout=1h
                MaxConcurrent=2
                Network=yes
                Takes=image
                MaxFrames=81
                FrameRate=16
                Memory=12 GB
                [Limits]
                MaxSize=5G
                MaxDuration=infinity
                MinDuration=0
                MinWidth=320
                MinHeight=240
                OutboxSize=100G
                Retention=30d
                FairShare=folder
                PerOwnerJobs=2
                PerOwnerSize=20G
                PerOwnerDuration=3h
                [Workers]
                Order=smallest
                Hours=22:00-06:00 12:30-13:00
                Count=4
                Launcher=nice -n 19 "a b"
                Memory=1.5GiB
                StallTimeout=5m
                StopTimeout=10s
                Program=/usr/libexec/moments-worker
                [Status]
                Socket=/tmp/s.sock
                Mode=660
                Group=media
                [Hooks]
                OnComplete=/bin/tell 'all of it'
                OnFailure=/bin/tell
                OnProblem=mail root
                TimeLimit=90s
                """
            )
        )
        #expect(notes.isEmpty)
        #expect(settings.folders.inbox == "/a b/in")
        #expect(settings.folders.outbox == "/x/out")
        #expect(settings.folders.state == "/s")
        #expect(settings.folders.presets == "/p" && settings.folders.styles == "/y")
        #expect(settings.hooks[.complete] == ["/bin/tell", "all of it"])
        #expect(settings.hooks[.failure] == ["/bin/tell"] && settings.hooks[.problem] == ["mail", "root"])
        #expect(settings.hooks.timeLimit == .seconds(90))
        #expect(settings.intake.settleTime == .seconds(0.5))
        #expect(settings.intake.giveUpAfter == .seconds(5400))
        #expect(settings.intake.watch == .poll)
        #expect(settings.intake.pollInterval == .seconds(2.5))
        #expect(settings.intake.reconcileInterval == .seconds(86400))
        #expect(settings.intake.ignore == ["*.iso", "raw *", "tmp"])
        #expect(settings.intake.duplicates == .process)
        #expect(settings.intake.stalledAfter == .seconds(600))
        #expect(settings.intake.afterSuccess == .archive)
        #expect(settings.intake.afterFailure == .quarantine)
        #expect(settings.folders.archive == "/a")
        #expect(settings.folders.quarantine == "/q")
        #expect(settings.storage.outboxSize == 100 << 30)
        #expect(settings.storage.retention == .seconds(2_592_000))
        #expect(settings.workers.order == .smallest)
        #expect(settings.workers.hours == DailyHours(["22:00-06:00", "12:30-13:00"]))
        #expect(settings.options.targetDuration == 60)
        #expect(settings.options.quality == .medium)
        #expect(settings.options.analysis == .full)
        #expect(settings.options.loudness == -23)
        #expect(settings.options.marks == .hint)
        #expect(settings.options.subjects.masks == .off)
        #expect(settings.subjects.describe == ["/usr/bin/say", "--in", "one line"])
        #expect(settings.subjects.describeTimeout == .seconds(180) && settings.subjects.describeNetwork)
        #expect(settings.options.exports.timelines == [.otio, .edl])
        #expect(settings.options.exports.trickplay && settings.options.exports.mediaCenter == .kodi)
        #expect(!settings.gallery)
        #expect(settings.judge.command == ["/usr/bin/look", "--at", "all of it"])
        #expect(settings.judge.timeout == .seconds(120))
        #expect(settings.judge.maxConcurrent == 3)
        #expect(settings.judge.network && !settings.options.judge)
        #expect(settings.engines.voice.command == ["piper", "--lang", "{lang}"])
        #expect(settings.engines.voice.timeout == .seconds(20) && settings.engines.voice.network)
        let dream = try #require(settings.engines.generators.first)
        #expect(dream.name == "dream-1.5" && dream.command == ["/usr/bin/dream", "all of it"])
        #expect(dream.timeout == .seconds(3600) && dream.maxConcurrent == 2 && dream.network)
        #expect(dream.takes == [.image] && dream.maxFrames == 81 && dream.frameRate == 16 && dream.memory == "12 GB")
        #expect(settings.generatorNames == ["local:kenburns", "local:cards", "local:archive", "dream-1.5"])
        #expect(settings.options.limits.maxSize == 5 << 30)
        #expect(settings.options.limits.maxDuration == 1e9)
        #expect(settings.options.limits.minDuration == 0)
        #expect(settings.options.limits.minWidth == 320)
        #expect(settings.options.limits.minHeight == 240)
        #expect(settings.workers.count == 4)
        #expect(settings.workers.launcher == ["nice", "-n", "19", "a b"])
        #expect(settings.workers.memory == 3 << 29)
        #expect(settings.workers.stallTimeout == .seconds(300))
        #expect(settings.workers.stopTimeout == .seconds(10))
        #expect(settings.workers.program == "/usr/libexec/moments-worker")
        #expect(settings.status.socket == "/tmp/s.sock")
        #expect(settings.status.mode == 0o660)
        #expect(settings.status.group == "media")
    }

    @Test(
        "a bad value names file, line, key, value and what is allowed",
        arguments: [
            ("[Intake]\nSettleTime=soon", 2, "[Intake] SettleTime= cannot be 'soon'; allowed is a time from 100 ms to"),
            ("[Intake]\n\nSettleTime=-5s", 3, "[Intake] SettleTime= cannot be '-5s'"),
            ("[Intake]\nSettleTime=nan", 2, "cannot be 'nan'"),
            ("[Intake]\nSettleTime=1e3", 2, "cannot be '1e3'"),
            ("[Intake]\nSettleTime=1h 30", 2, "cannot be '1h 30'"),
            ("[Intake]\nWatch=fanotify", 2, "allowed is one of auto, inotify, poll"),
            ("[Folders]\nInbox=inbox", 2, "[Folders] Inbox= cannot be 'inbox'; allowed is an absolute path"),
            ("[Folders]\nInbox=/srv/../etc", 2, "without '..'"),
            ("[Highlight]\nQuality=best", 2, "one of low, medium, high, original, auto"),
            ("[Exports]\nMediaCenter=plex", 2, "one of off, kodi"),
            ("[Highlight]\nLoudness=16", 2, "from -70 to -5 in LUFS"),
            ("[Limits]\nMaxSize=99999999999999T", 2, "allowed is a size"),
            ("[Limits]\nMinWidth=16px", 2, "a whole number from 2 to 65536"),
            ("# one\n# two\n[Workers]\nCount=0", 4, "a whole number from 1 to 64"),
            ("[Workers]\nLauncher=nice \"-n", 2, "a command in words"),
            ("[Status]\nMode=888", 2, "permissions in octal"),
            ("[Status]\nSocket=/" + String(repeating: "x", count: 108), 2, "at most 107 bytes"),
            ("[Intake]\nwhat is this", 2, "neither [Section], Key=value nor a comment"),
            ("[Intake]\nWatch=a\u{1b}[31m", 2, "'a\\u{1b}[31m'"),
            ("[Intake]\nWatch=\u{0}", 2, "NUL byte"),
            ("x=" + String(repeating: "y", count: 40000), 1, "longer than 32 KiB"),
        ]
    )
    func badValue(text: String, line: Int, reason: String) throws {
        let error = try error(text)
        #expect(error.line == line)
        #expect(error.reason.contains(reason), "\(error)")
        #expect("\(error)".hasPrefix("\(ScratchFolder.path)/momentsd.conf:\(line): "))
    }

    @Test("an unknown key is noted with file and line and ignored")
    func unknownKeys() throws {
        let file = try write("[Intake]\nSettletime=9\nFoo=1\n[Hook]\nOnComplete=/bin/true\n")
        let (settings, notes) = try Settings.load(file)
        #expect(settings.intake.settleTime == .seconds(5))
        #expect(
            notes == [
                "\(file):2: unknown key Settletime= in [Intake] is ignored; did you mean [Intake] SettleTime=?",
                "\(file):3: unknown key Foo= in [Intake] is ignored",
                "\(file):5: unknown section [Hook], its OnComplete= is ignored",
            ]
        )
    }

    @Test("drop-ins follow in the order of their names, a later value wins, an empty one restores the default")
    func dropIns() throws {
        let file = try write("[Workers]\nCount=2\nLauncher=nice\n[Highlight]\nQuality=low\n")
        _ = try write("[Workers]\nCount=5\n", to: "momentsd.conf.d/20-b.conf")
        _ = try write("[Workers]\nCount=3\nLauncher=\n", to: "momentsd.conf.d/10-a.conf")
        _ = try write("[Workers]\nCount=bad\n", to: "momentsd.conf.d/30-c.disabled")
        let settings = try Settings.load(file).settings
        #expect(settings.workers.count == 5)
        #expect(settings.workers.launcher.isEmpty)
        #expect(settings.options.quality == .low)
    }

    @Test("a value longer than inih's own buffers is read whole")
    func longLine() throws {
        let words = (0..<300).map { "word\($0)" }
        let file = try write("[Workers]\nLauncher=\(words.joined(separator: " "))\nCount=2\r\n")
        let settings = try Settings.load(file).settings
        #expect(settings.workers.launcher == words)
        #expect(settings.workers.count == 2)
    }

    @Test("a path keeps bytes that are no text, and a value keeps # and ;")
    func bytes() throws {
        let file = ScratchFolder.path.appending("raw.conf")
        let content = Array("[Folders]\nInbox=/srv/".utf8) + [0xff, 0xfe] + Array(" ;#x\n".utf8)
        try AtomicFile.replace(file, with: content, durable: false)
        let settings = try Settings.load(file).settings
        #expect(settings.folders.inbox.bytes == Array("/srv/".utf8) + [0xff, 0xfe] + Array(" ;#x".utf8))
    }

    @Test("a file that is named must be there; a folder is none")
    func missing() throws {
        let missing = ScratchFolder.path.appending("no.conf")
        let error = try #require(throws: SettingsError.self) { _ = try Settings.load(missing) }
        #expect(error.reason.contains("No such file"))
        #expect(throws: SettingsError.self) { _ = try Settings.load(ScratchFolder.path) }
    }
}
