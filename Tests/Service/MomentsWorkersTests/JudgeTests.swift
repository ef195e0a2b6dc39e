import Foundation
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWorkers
import Testing

@Suite("a judge's program", .scratchFolder, .timeLimit(.minutes(5)))
struct JudgeTests {
    private var root: FilePath { ScratchFolder.path }
    private var staging: FilePath { root.appending("staging") }
    private var memory: FilePath { root.appending("memory") }
    private var asked: FilePath { root.appending("asked") }

    /// Two windows, and a sheet of them.
    private func ask(sheet: FilePath? = nil, windows: [ClosedRange<Double>] = [0...2, 2...4]) throws -> FilePath {
        let folder = staging.appending("judge")
        try Folder.make(folder)
        let path = sheet ?? folder.appending("sheet.jpg")
        if sheet == nil { try AtomicFile.replace(path, with: "jpeg".utf8, durable: false) }
        let question = JudgeQuestion(
            job: "job",
            target: 2,
            duration: 4,
            windows: windows.enumerated().map {
                .init(id: $0 + 1, start: $1.lowerBound, end: $1.upperBound, score: 0.5)
            },
            sheets: [.init(path: path, windows: windows.indices.map { $0 + 1 })]
        )
        try AtomicFile.replace(
            folder.appending("question.json"),
            with: try MomentsJSON.document(question),
            durable: false
        )
        return "judge/question.json"
    }

    private static let good = #"{"scores":[{"id":1,"score":2,"reason":"dull"},{"id":2,"score":8}],"cost":3}"#

    /// A program that notes that it was asked, and does what the script says; `hang` never ends by itself.
    private func judge(
        _ script: String,
        timeout: Duration = .seconds(30),
        reach: JudgeCommand.Reach = .everything,
        concurrent: Int = 1
    ) throws -> Judge {
        let program = root.appending("judge.sh")
        let text = "#!/bin/sh\nhang() { \(try Gate(root.appending("never")).wait); }\necho x >>'\(asked)'\n\(script)\n"
        try AtomicFile.replace(program, with: text.utf8, mode: 0o755)
        let command = JudgeCommand([program], timeout: timeout, reach: reach)
        return try Judge(command, folder: memory, concurrent: concurrent)
    }

    private var timesAsked: Int { (try? FileStatus.of(asked).size).map { Int($0 / 2) } ?? 0 }

    private func answer(_ judge: Judge, content: String? = "video") async throws -> JudgeReply {
        await judge.answer(try ask(), staging: staging, content: content)
    }

    @Test("one that answers is heard, with what it cost, and not asked again, whoever asks")
    func good() async throws {
        let judge = try judge("cat >'\(root)/question'; echo '\(Self.good)'")
        let reply = try await answer(judge)
        #expect(reply.failure == nil)
        #expect(reply.verdicts.map(\.score) == [2, 8])
        #expect(reply.verdicts.first?.reason == "dull")
        #expect(reply.cost == 3)
        let question = try MomentsJSON.decode(
            JudgeQuestion.self,
            from: Data(try Descriptor.openRegular(root.appending("question")).read(1 << 20, at: 0, of: "question"))
        )
        #expect(question.sheets.map(\.path) == [staging.appending("judge/sheet.jpg")])
        // Another time, by another process, with windows cut a little otherwise.
        let later = try Judge(JudgeCommand([root.appending("judge.sh")], reach: .everything), folder: memory)
        let again = await later.answer(try ask(windows: [0.1...1.9, 1.9...4]), staging: staging, content: "video")
        #expect(again.verdicts.count == 2 && again.cost == 0 && again.failure == nil)
        #expect(timesAsked == 1)
        _ = await later.answer(try ask(), staging: staging, content: "another video")
        #expect(timesAsked == 2)
    }

    @Test(
        "one that misbehaves is told from one that answers, and leaves nothing",
        arguments: [
            ("exit 3", "it ended with status 3"), ("echo no eyes >&2; exit 1", "it ended with status 1: no eyes"),
            ("kill -SEGV $$", "it was ended by SIGSEGV"), ("exit 0", "it answered nothing"),
            ("echo I like the second one", "its answer is not the JSON asked for"),
            (#"echo '{"scores":[{"id":1,"score":2}]}'"#, "it gave window 2 no score"),
            (
                #"echo '{"scores":[{"id":1,"score":2},{"id":2,"score":2},{"id":7,"score":2}]}'"#,
                "it scored window 7, which nobody asked about"
            ),
            (#"echo '{"scores":[{"id":1,"score":NaN},{"id":2,"score":2}]}'"#, "its answer is not the JSON asked for"),
            ("exec yes", "it wrote more than 1024 KiB"), ("exec <&- >&-; hang & exit 0", "it answered nothing"),
            ("trap '' TERM; hang & hang", "it took longer than 1 s"),
            (#"cd "$TMPDIR"; seq 21000 | xargs touch; hang"#, "it made more than 20000 files"),
        ]
    )
    func bad(script: String, reason: String) async throws {
        let isSlow = reason.contains("longer")
        let reply = try await answer(try judge(script, timeout: isSlow ? .seconds(1) : .seconds(30)))
        #expect(reply.verdicts.isEmpty)
        #expect(reply.failure?.hasPrefix(reason) == true, "\(reply.failure ?? "none")")
        #expect(try Folder.names(in: memory).isEmpty)
    }

    @Test("a program that is not there is named")
    func missing() async throws {
        let judge = try Judge(JudgeCommand(["/nonexistent/judge"], reach: .everything), folder: memory)
        let failure = try #require(try await answer(judge).failure)
        #expect(failure.contains("it cannot be started") && failure.contains("/nonexistent/judge"))
    }

    @Test("a sheet that is none of the job's, or a link, is shown to nobody")
    func foreignSheet() async throws {
        let judge = try judge("echo '\(Self.good)'")
        for path in ["/etc/passwd", staging.appending("judge/../../secret")] {
            let reply = await judge.answer(try ask(sheet: path), staging: staging, content: "video")
            #expect(reply.failure == "a sheet is none of this job's")
        }
        let link = staging.appending("judge/link.jpg")
        #expect(symlink("/etc/passwd", link.text) == 0)
        let reply = await judge.answer(try ask(sheet: link), staging: staging, content: "video")
        #expect(reply.failure == "a sheet is none of this job's")
        let outside = await judge.answer("../question.json", staging: staging, content: "video")
        #expect(outside.failure == "the question cannot be read")
        #expect(timesAsked == 0)
    }

    @Test("when nobody wants the answer any more it is ended, with all it started")
    func cancelled() async throws {
        let judge = try judge("hang & echo $! >'\(root)/child.new'; mv '\(root)/child.new' '\(root)/child'; wait")
        let path = try ask()
        let task = Task { [staging] in await judge.answer(path, staging: staging, content: "video") }
        await eventually { (try? FileStatus.of(root.appending("child"))) != nil }
        task.cancel()
        #expect(await task.value.failure == "nobody wanted its answer any more")
        judge.waitUntilIdle()
        let text = try Descriptor.openRegular(root.appending("child")).read(100, at: 0, of: "child")
        let child = try #require(Int32(String(decoding: text, as: UTF8.self).filter(\.isNumber)))
        // What was killed ends when it is next given a processor, which nothing here is told of.
        let deadline = MonotonicClock.now + 60
        while !hasEnded(child), MonotonicClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        #expect(hasEnded(child))
    }

    /// Whether a process is gone, or waits to be taken by whoever adopted it.
    private func hasEnded(_ process: Int32) -> Bool {
        let state = try? Descriptor.open(FilePath("/proc/\(process)/stat"), O_RDONLY).read(4096, at: 0, of: "stat")
        return state.map { String(decoding: $0, as: UTF8.self).contains(") Z ") } ?? true
    }

    @Test("what an earlier process had asked is waited for, not asked anew")
    func survivor() async throws {
        let gate = try Gate(root.appending("gate"))
        let first = try judge("\(gate.wait); echo '\(Self.good)'")
        let path = try ask()
        let task = Task { [staging] in await first.answer(path, staging: staging, content: "video") }
        await eventually { timesAsked == 1 }
        // As after a restart: nobody in this process knows of the first one.
        let second = try Judge(JudgeCommand([root.appending("judge.sh")], reach: .everything), folder: memory)
        let unread = try #require(try Folder.names(in: memory).first { !$0.hasSuffix(".room") })
        let opened = try FirstOpening(of: memory.appending(unread))
        let other = Task { [staging] in await second.answer(path, staging: staging, content: "video") }
        // Before the first has answered, the second has found out that there is something to wait for.
        #expect(await opened.wait())
        // Also for one that would be asked anew.
        try gate.open(for: 2)
        #expect(await other.value.verdicts.map(\.score) == [2, 8])
        #expect(await task.value.verdicts.map(\.score) == [2, 8])
        #expect(timesAsked == 1)
    }

    @Test(
        "one without network sees its sheets and programs, and nothing of hidden folders, writes nothing, and has no socket"
    )
    func shutIn() async throws {
        guard Sandbox.offered.isWhole else { return }
        let secret = root.appending("hidden/secret")
        try Folder.make(secret.parent)
        try AtomicFile.replace(secret, with: "secret".utf8, durable: false)
        let program = root.appending("judge.sh")
        let script = """
            #!/bin/sh
            can() { "$@" >/dev/null 2>&1 && printf 'yes ' || printf 'no '; }
            socket() { perl -MSocket -e 'socket(my $s, '"$1"', SOCK_STREAM, 0) or exit 1'; }
            did=$(can cat '\(secret)'; can ls '\(staging)'; can cat '\(staging)/judge/sheet.jpg'; can touch '\(root)/x'
                can touch "$TMPDIR/x"; can socket PF_INET; can socket PF_UNIX)
            echo '{"scores":[{"id":1,"score":1,"reason":"'"$did"'"},{"id":2,"score":2}]}'
            """
        try AtomicFile.replace(program, with: script.utf8, mode: 0o755)
        let reach = JudgeCommand.Reach.machine(hidden: [secret.parent, staging, memory])
        let judge = try Judge(JudgeCommand([program], reach: reach), folder: memory)
        let reply = try await answer(judge)
        #expect(reply.failure == nil)
        #expect(reply.verdicts.first?.reason == "no no yes no yes no yes ")
        #expect(try Folder.names(in: memory).allSatisfy { $0.hasSuffix(".verdicts") })
    }

    @Test("one behind a socket is asked over it")
    func service() async throws {
        let socket = root.appending("judge.sock")
        let listener = try UnixSocket.listen(socket, mode: 0o600, group: nil)
        let (ready, go) = AsyncStream.makeStream(of: Void.self)
        let number = listener.number
        Thread.detachNewThread {
            var news = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            poll(&news, 1, 30_000)
            let connection = Descriptor(taking: accept(number, nil, nil))
            var question: [UInt8] = []
            while let bytes = try? connection.receive(atMost: 4096, from: "a question"), !bytes.isEmpty {
                question += bytes
            }
            let isQuestion = String(decoding: question, as: UTF8.self).contains("momentsd.judge/1")
            try? connection.write(Array((isQuestion ? Self.good : "no question").utf8), to: "an answer")
            go.finish()
        }
        let judge = try Judge(JudgeCommand(["ignored"], reach: .service(socket)), folder: memory)
        let reply = try await answer(judge)
        for await _ in ready {}
        #expect(reply.verdicts.map(\.score) == [2, 8])
        withExtendedLifetime(listener) {}
        let nobody = try Judge(JudgeCommand(["other"], reach: .service(root.appending("no.sock"))), folder: memory)
        #expect(try await answer(nobody).failure?.contains("is momentsd-judge.socket started?") == true)
    }

    @Test("only as many are at work at once as is allowed")
    func concurrent() async throws {
        let script = """
            mkdir '\(root)/busy' || exit 9
            sleep 0.2; rmdir '\(root)/busy'; echo '\(Self.good)'
            """
        let judge = try judge(script)
        let path = try ask()
        let replies = await withTaskGroup(of: JudgeReply.self) { [staging] group in
            for number in 0..<3 {
                group.addTask { await judge.answer(path, staging: staging, content: "video \(number)") }
            }
            return await group.reduce(into: [JudgeReply]()) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0.failure == nil })
        #expect(timesAsked == 3)
    }
}
