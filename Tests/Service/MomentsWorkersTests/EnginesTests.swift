import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWorkers
import Testing

@Suite("voices and generators that are commands", .scratchFolder, .timeLimit(.minutes(5)))
struct EnginesTests {
    private var root: FilePath { ScratchFolder.path }
    private var staging: FilePath { root.appending("staging") }
    private var work: FilePath { root.appending("engines") }
    private let place: FilePath = ".errands/1"

    /// A command that does what the script says, as the voice and as the generator "dream"; `hang` never ends by itself.
    private func engines(_ script: String, timeout: Duration = .seconds(300)) throws -> Engines {
        let program = root.appending("engine.sh")
        let never = try Gate(root.appending("never"))
        try AtomicFile.replace(program, with: "#!/bin/sh\nhang() { \(never.wait); }\n\(script)\n".utf8, mode: 0o755)
        let command = EngineCommand([program, "{lang}"], timeout: timeout, hidden: nil)
        return Engines(
            voice: command,
            planner: command,
            describer: command,
            generators: ["dream": command],
            folder: work
        )
    }

    private func run(_ engines: Engines, _ kind: Errand.Kind, engine: String = "") async throws -> ErrandReply {
        try Folder.removeTree(staging)
        try Folder.make(staging.appending(place))
        try AtomicFile.replace(staging.appending(place).appending("input"), with: "Hello.\n".utf8, durable: false)
        let errand = Errand(
            kind,
            engine: engine,
            input: place.appending("input"),
            output: place.appending("output"),
            language: .german
        )
        return await engines.run(errand, staging: staging)
    }

    private var output: String? {
        let path = staging.appending(place).appending("output")
        return (try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private var isClean: Bool { ((try? Folder.names(in: work)) ?? []).isEmpty }

    @Test("a voice reads the text, is told the language, and what it wrote is put where the worker finds it")
    func voice() async throws {
        let reply = try await run(try engines("echo \"$1:$(cat)\""), .voice)
        #expect(reply == ErrandReply() && output == "de:Hello.\n" && isClean)
    }

    @Test("a describer's answer is put where the worker finds it, but for one too long; no describer is told of")
    func describer() async throws {
        let reply = try await run(try engines("cat"), .describer)
        #expect(reply == ErrandReply() && output == "Hello.\n" && isClean)
        let endless = try await run(try engines("yes"), .describer)
        #expect(endless.failure?.contains("wrote more than 256 KiB") == true && isClean)
        let nobody = try await run(Engines(voice: nil, generators: [:], folder: work), .describer)
        #expect(nobody.failure == "there is none ([Subjects] Describe=)")
    }

    @Test("a generator's file is taken out of its own folder, with what it cost")
    func generator() async throws {
        let engines = try engines(
            #"cat > "$TMPDIR/shot.mp4"; echo '{"schema":"momentsd.generator/1","file":"shot.mp4","cost":2.5}'"#
        )
        let reply = try await run(engines, .generator, engine: "dream")
        #expect(reply == ErrandReply(cost: 2.5) && output == "Hello.\n" && isClean)
        #expect(try await run(engines, .generator, engine: "nobody").failure?.contains("none of that name") == true)
    }

    @Test("a planner's answer is put where the worker finds it, unread; one without end is not")
    func planner() async throws {
        let reply = try await run(try engines("cat; echo scenes"), .planner)
        #expect(reply == ErrandReply() && output == "Hello.\nscenes\n" && isClean)
        #expect(try await run(try engines("yes"), .planner).failure?.contains("wrote more than 256 KiB") == true)
        let nobody = Engines(voice: nil, generators: [:], folder: work)
        #expect(try await run(nobody, .planner).failure?.contains("[Planner] Command=") == true)
    }

    @Test("what reaches the network is told, and given no pictures where somebody is to be blurred")
    func network() throws {
        let open = EngineCommand(["/bin/cat"], timeout: .seconds(1), hidden: nil)
        let shut = EngineCommand(["/bin/cat"], timeout: .seconds(1), hidden: [])
        let engines = Engines(voice: open, planner: shut, generators: ["far": open, "near": shut], folder: work)
        func errand(_ kind: Errand.Kind, _ engine: String = "") -> Errand {
            Errand(kind, engine: engine, input: "a/b/c", output: "a/b/d", language: .english)
        }
        #expect(engines.leaving(errand(.voice))?.contains("[Voice] Network=yes") == true)
        #expect(engines.leaving(errand(.generator, "far"))?.contains("[Generator far] Network=yes") == true)
        for near in [errand(.planner), errand(.generator, "near"), errand(.generator, "nobody")] {
            #expect(engines.leaving(near) == nil && engines.refusal(of: near, where: .faces) == nil)
        }
        let refusal = engines.refusal(of: errand(.generator, "far"), where: .faces)
        #expect(refusal?.failure?.contains("Blur=") == true)
        #expect(engines.refusal(of: errand(.generator, "far"), where: .off) == nil)
        #expect(engines.refusal(of: errand(.voice), where: .faces) == nil)
    }

    @Test(
        "a voice that misbehaves has failed, and leaves nothing",
        arguments: [
            ("exit 3", "status 3"), ("exit 0", "wrote nothing"), ("kill -SEGV $$", "SIGSEGV"),
            ("cat /dev/zero", "wrote more than 65536 KiB"), ("hang", "took longer than 1 s"),
            ("trap '' TERM; hang & wait", "took longer than 1 s"),
            (#"cd "$TMPDIR"; seq 21000 | xargs touch; hang"#, "more than 20000 files"),
        ]
    )
    func badVoice(script: String, reason: String) async throws {
        let isSlow = reason.contains("longer")
        let reply = try await run(try engines(script, timeout: .seconds(isSlow ? 1 : 60)), .voice)
        #expect(reply.failure?.contains(reason) == true, "\(reply)")
        #expect(output == nil && isClean)
    }

    @Test(
        "a generator that misbehaves has failed, and leaves nothing",
        arguments: [
            ("echo garbage", "is no momentsd.generator/1 (it begins with 'garbage"),
            (#"echo '{"schema":"momentsd.generator/1","error":"out of ideas"}'"#, "it says: out of ideas"),
            (#"echo '{"schema":"momentsd.generator/1","file":"gone.mp4"}'"#, "cannot be taken"),
            (#"echo '{"schema":"momentsd.generator/1","file":"../../engine.sh"}'"#, "cannot be taken"),
            (#"ln -s /etc/passwd "$TMPDIR/a"; echo '{"schema":"momentsd.generator/1","file":"a"}'"#, "cannot be taken"),
            (
                #"truncate -s 8G "$TMPDIR/a"; echo '{"schema":"momentsd.generator/1","file":"a"}'"#,
                "wrote more than 4 GiB"
            ),
            (
                #"cd "$TMPDIR"; for i in $(seq 1500); do mkdir d; cd d; done; echo '{}' > x; hang"#,
                "folders more than 16 deep"
            ),
            (#"cd "$TMPDIR"; seq 21000 | xargs touch; hang"#, "more than 20000 files"),
            (#"mkfifo "$TMPDIR/a"; echo '{"schema":"momentsd.generator/1","file":"a"}'"#, "cannot be taken"),
            (#"echo '{"schema":"momentsd.generator/1"}'"#, "names no file"),
            (#"echo '{"schema":"momentsd.generator/1","file":"a","cost":-1}'"#, "makes no sense"),
            ("yes", "wrote more than 64 KiB"), ("exit 0", "answered nothing"),
        ]
    )
    func badGenerator(script: String, reason: String) async throws {
        let reply = try await run(try engines(script), .generator, engine: "dream")
        #expect(reply.failure?.contains(reason) == true, "\(reply)")
        #expect(output == nil && isClean)
    }

    @Test(
        "what a worker in strange hands asks for is refused: paths that lead elsewhere, links in the way, outputs that are there"
    )
    func strangeErrands() async throws {
        let engines = try engines("echo secret")
        try Folder.make(staging.appending(place))
        try AtomicFile.replace(staging.appending(place).appending("input"), with: "x".utf8, durable: false)
        let target = root.appending("target")
        try AtomicFile.replace(target, with: "old".utf8, durable: false)
        symlink(target.text, staging.appending(place).appending("link").text)
        let inputs: [(FilePath, FilePath)] = [
            (".errands/1/input", "../../target"), (".errands/1/input", ".errands/1/link"),
            ("../x/input", "../x/output"),
            (".errands/1/link", ".errands/1/output"), (target, ".errands/1/output"),
            (".errands/1/input", ".errands/1/input"), (".errands/../input", ".errands/../output"),
        ]
        for (input, output) in inputs {
            let errand = Errand(.voice, input: input, output: output, language: .english)
            #expect(await engines.run(errand, staging: staging).failure != nil, "\(input) \(output)")
        }
        #expect(try Descriptor.openRegular(target).read(10, at: 0, of: target).elementsEqual("old".utf8) && isClean)
    }

    @Test("nobody's work goes on once it is not wanted any more")
    func cancelled() async throws {
        let engines = try engines("echo x >'\(root)/begun'; hang")
        let task = Task { try await run(engines, .voice) }
        await eventually { (try? FileStatus.of(root.appending("begun"))) != nil }
        task.cancel()
        #expect(try await task.value.failure?.contains("nobody wanted") == true)
        engines.waitUntilIdle()
        #expect(isClean)
    }

    @Test("shut in, a command sees its own text and nothing of the folders that are hidden, and reaches no network")
    func shutIn() async throws {
        guard Sandbox.offered.isWhole else { return }
        let hidden = root.appending("hidden")
        try Folder.make(hidden)
        try AtomicFile.replace(hidden.appending("secret"), with: "secret".utf8, durable: false)
        let program = root.appending("engine.sh")
        let script = """
            #!/bin/sh
            cat
            cat '\(hidden)/secret' 2>/dev/null
            echo x 2>/dev/null > '\(root)/written'
            echo done
            """
        try AtomicFile.replace(program, with: script.utf8, mode: 0o755)
        let command = EngineCommand([program], timeout: .seconds(30), hidden: [hidden, staging])
        let engines = Engines(voice: command, generators: [:], folder: work)
        let reply = try await run(engines, .voice)
        #expect(reply.failure == nil && output == "Hello.\ndone\n")
        #expect((try? FileStatus.of(root.appending("written"))) == nil)
    }

    @Test("what cannot be started is told beforehand, with the generators that can")
    func cards() throws {
        let card = GeneratorCard(
            name: "dream",
            takes: [.text],
            maxFrames: 81,
            recommendedRate: 16,
            memory: "12 GB",
            unavailable: nil
        )
        let cards = EngineCommand.cards(of: [(card, ["/nowhere/dream"]), (card, []), (card, ["/bin/sh"])])
        #expect(cards.map(\.name) == ["local:kenburns", "local:cards", "local:archive", "dream", "dream", "dream"])
        #expect(cards.map(\.isAvailable) == [true, true, true, false, false, true])
        #expect(cards[3].reason?.contains("/nowhere/dream") == true && cards[4].reason?.contains("Command=") == true)
        #expect(cards[3].maxFrames == 81 && cards[3].textToVideo && !cards[3].imageToVideo)
    }
}
