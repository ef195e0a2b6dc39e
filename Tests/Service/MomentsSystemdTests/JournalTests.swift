import MomentsCore
import MomentsSystem
import MomentsSystemd
import MomentsTestSupport
import Testing

@Suite("writing to the journal", .scratchFolder)
struct JournalTests {
    private let entry = JournalEntry(
        "'a\nb.mp4' failed: it is torn",
        kind: .jobFailed,
        job: "018bcfe5-6800-7000-8000-000000000000",
        source: FilePath(bytes: [0x61, 0x0a, 0xff]),
        stage: .probe,
        error: .corruptMedia
    )

    @Test("an entry has a harmless message, and exact fields for programs")
    func fields() {
        let fields = entry.fields(identifier: "momentsd")
        let texts = fields.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts[0] == "MESSAGE='a\\u{a}b.mp4' failed: it is torn")
        #expect(texts[1] == "PRIORITY=3")
        #expect(texts[2] == "SYSLOG_IDENTIFIER=momentsd")
        #expect(texts[3] == "MESSAGE_ID=" + MessageKind.jobFailed.rawValue)
        #expect(texts[4] == "MOMENTS_JOB=018bcfe5-6800-7000-8000-000000000000")
        #expect(fields[5] == Array("MOMENTS_SOURCE=a\n".utf8) + [0xff])
        #expect(texts[6] == "MOMENTS_STAGE=probe")
        #expect(texts[7] == "MOMENTS_ERROR=CorruptMedia")
        #expect(JournalEntry("x").fields(identifier: "i").count == 3)
    }

    @Test("a line for people has time and level, one line, and no syslog prefix")
    func lines() {
        let line = entry.line(at: "12:00")
        #expect(line == "12:00 error: 'a\\u{a}b.mp4' failed: it is torn [a\\u{a}\u{fffd}]\n")
        #expect(JournalEntry("hello").line(at: "12:00") == "12:00 hello\n")
        let named = JournalEntry("x.mp4 is done", source: "dir/x.mp4")
        #expect(named.line(at: "1") == "1 x.mp4 is done\n")
        #expect(JournalEntry("hm", level: .warning).line(at: "1") == "1 warning: hm\n")
    }

    @Test("lines go to a file, and those that matter too little are dropped")
    func file() throws {
        let path = ScratchFolder.path.appending("log")
        let file = try Descriptor.open(path, 0o1 | 0o100)
        let journal = Journal(identifier: "momentsd", target: .lines(file.number))
        journal.write("one")
        journal.write("two", level: .debug)
        journal.write(entry)
        let content = try Descriptor.open(path, 0).read(4096, at: 0, of: path)
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasSuffix("Z one"))
    }

    @Test("every kind of event has its article in the message catalog")
    func catalog() throws {
        let root = FilePath(#filePath).parent.parent.parent.parent
        let path = root.appending("systemd/momentsd.catalog")
        let text = String(decoding: try Descriptor.open(path, 0).read(1 << 20, at: 0, of: path), as: UTF8.self)
        for kind in MessageKind.allCases {
            #expect(kind.rawValue.utf8.count == 32)
            #expect(text.contains("-- \(kind.rawValue)\nSubject: "), "\(kind)")
        }
        #expect(text.split(separator: "\n").count { $0.hasPrefix("-- ") } == MessageKind.allCases.count)
    }

    @Test("the named socket is found among those handed over, and what is no such socket is not")
    func sockets() throws {
        let path = ScratchFolder.path.appending("s")
        let listening = try UnixSocket.listen(path, mode: 0o600, group: nil)
        let file = try Descriptor.open(ScratchFolder.path.appending("f"), 0o1 | 0o100)
        let sockets = ListeningSockets(all: [
            ListeningSockets.Socket(name: "status", descriptor: file.number),
            ListeningSockets.Socket(name: "other", descriptor: listening.number),
        ])
        #expect(sockets.unixStream(named: "status") == listening.number)
        #expect(ListeningSockets(all: []).unixStream(named: "status") == nil)
    }
}
