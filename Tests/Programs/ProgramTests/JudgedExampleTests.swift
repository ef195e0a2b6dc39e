import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("the examples of judges", .scratchFolder, .timeLimit(.minutes(5)))
struct JudgedExampleTests {
    private let root = ScratchFolder.path
    private let programs = FilePath(#filePath).parent.parent.parent.parent.appending("examples/judges")

    /// Two sheets with three windows in all.
    private func question() throws -> (JudgeQuestion, String) {
        for name in ["one.jpg", "two.jpg"] {
            try AtomicFile.replace(root.appending(FilePath(name)), with: "picture \(name)".utf8, durable: false)
        }
        let question = JudgeQuestion(
            job: "0197-a",
            want: "Emma's \"first\" goal",
            target: 4,
            duration: 6,
            windows: (1...3).map {
                .init(id: $0, start: 2 * Double($0 - 1), end: 2 * Double($0), score: 0.5, reasons: ["it is louder"])
            },
            sheets: [
                .init(path: root.appending("one.jpg"), windows: [1, 2]),
                .init(path: root.appending("two.jpg"), windows: [3]),
            ]
        )
        return (question, String(decoding: try MomentsJSON.document(question), as: UTF8.self))
    }

    private func ask(_ model: StubModel) throws -> (Tool.Outcome, JudgeQuestion) {
        let (question, text) = try question()
        let key = root.appending("key")
        try AtomicFile.replace(key, with: "s3cret\n".utf8, durable: false)
        let words = ["JUDGE_URL=\(model.url)", "JUDGE_MODEL=eyes", "JUDGE_KEY_FILE=\(key)", "TMPDIR=\(root)"]
        let outcome = try Tool.outcome("env", words + [programs.appending("openai-compatible").text], input: text)
        return (outcome, question)
    }

    private static func reply(_ content: String) -> StubModel.Reply {
        struct Body: Encodable {
            struct Choice: Encodable { let message: [String: String] }
            let choices: [Choice]
            let usage = ["total_tokens": 100]
        }
        let body = Body(choices: [.init(message: ["role": "assistant", "content": content])])
        return .init(body: (try? MomentsJSON.line(body)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    private static let first = #"{"scores":[{"id":1,"score":3,"reason":"a wall"},{"id":2,"score":9,"reason":"goal"}]}"#
    private static let second = #"{"scores":[{"id":3,"score":5,"reason":"a bench"}]}"#

    @Test(
        "a model is asked sheet by sheet, and understood whatever stands around its scores",
        arguments: [
            [reply(first), reply(second)],
            [reply("```json\n\(first)\n```"), reply("Sure! Here are the scores:\n\(second)\nEnjoy your reel.")],
            [
                .init(status: 429, headers: ["Retry-After: 0"], body: #"{"error":"slow down"}"#), reply(first),
                .init(status: 503, headers: ["retry-after: 0"], body: "busy"), reply(second),
            ],
            [reply("I see a goal in the second row."), reply(first), reply(second)],
            [.init(status: 400, body: #"{"error":"response_format is unknown"}"#), reply(first), reply(second)],
            [
                .init(
                    body: """
                        data: {"choices":[{"delta":{"role":"assistant","content":"{\\"scores\\":[{\\"id\\":1,\\"score\\":"}}]}

                        data: {"choices":[{"delta":{"content":"3},{\\"id\\":2,\\"score\\":\\"9/10\\"}]}"}}]}

                        data: {"choices":[],"usage":{"total_tokens":100}}

                        data: [DONE]

                        """
                ), reply(second),
            ],
        ] as [[StubModel.Reply]]
    )
    func understood(replies: [StubModel.Reply]) throws {
        let model = try StubModel(replies)
        let (outcome, question) = try ask(model)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answer = try JudgeAnswer(Data(outcome.output.utf8), to: question)
        #expect(answer.verdicts.map(\.score) == [3, 9, 5])
        #expect(answer.cost >= 200)
        #expect(model.asked.count == replies.count)
        #expect(try Folder.names(in: root).allSatisfy { !$0.hasPrefix("tmp.") })
    }

    @Test("each request carries its sheet, the windows on it, the wish and the key, which stands in no arguments")
    func requests() throws {
        struct Body: Decodable {
            struct Message: Decodable { let content: [Part] }
            struct Part: Decodable {
                let type: String
                let text: String?
                let image_url: [String: String]?
            }
            let model: String
            let messages: [Message]
        }
        let model = try StubModel([Self.reply(Self.first), Self.reply(Self.second)])
        let (outcome, _) = try ask(model)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let bodies = try model.asked.map { try MomentsJSON.decode(Body.self, from: Data($0.body)) }
        #expect(model.asked.allSatisfy { $0.head.contains("Authorization: Bearer s3cret\r\n") })
        #expect(bodies.map(\.model) == ["eyes", "eyes"])
        for (body, name) in zip(bodies, ["one.jpg", "two.jpg"]) {
            let parts = body.messages[0].content
            #expect(parts.map(\.type) == ["text", "image_url"])
            let picture = Data("picture \(name)".utf8).base64EncodedString()
            #expect(parts[1].image_url?["url"] == "data:image/jpeg;base64,\(picture)")
            #expect(parts[0].text?.contains("It is called: Emma's \"first\" goal") == true)
        }
        let texts = bodies.compactMap { $0.messages[0].content[0].text }
        #expect(texts[0].contains("1: 0-2 s; it is louder\n2: 2-4 s; it is louder") && !texts[0].contains("3: 4-6 s"))
        #expect(texts[1].contains("3: 4-6 s; it is louder"))
    }

    @Test("a window that a model forgets twice is worth what the others on the sheet are; half of them is no answer")
    func missing() throws {
        let forgetful = Self.reply(
            #"{"scores":[{"id":1,"score":3,"reason":"a wall"},{"id":77,"score":1,"reason":"?"}]}"#
        )
        let model = try StubModel([forgetful])
        let (outcome, _) = try ask(model)
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("gave 1 of the 2 windows of a sheet a score"))
        #expect(model.asked.count == 2)
    }

    @Test(
        "what a server refuses is told in one line, without the key",
        arguments: [
            [StubModel.Reply(status: 401, body: #"{"error":"no such key"}"#)], [reply("I would rather not.")],
            [StubModel.Reply(body: "<html>sign in</html>")],
        ]
    )
    func refused(replies: [StubModel.Reply]) throws {
        let (outcome, _) = try ask(try StubModel(replies))
        #expect(outcome.status != 0 && outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty && !outcome.errors.contains("s3cret"))
    }

    @Test("a person gets a page with the sheets, and the numbers they save are the answer", arguments: ["json", "txt"])
    func byHand(form: String) async throws {
        let (question, text) = try question()
        let desk = root.appending("desk")
        try Folder.make(desk)
        let answer =
            form == "json"
            ? #"{"scores":[{"id":1,"score":2},{"id":2,"score":9.5,"reason":"chosen by hand"},{"id":3,"score":2}]}"#
            : "2 9.5 chosen by hand\n"
        // Saves the numbers once the page is there, as a person would.
        let script = """
            place='\(desk)/0197-a-1'
            (until [ -s "$place/index.html" ] && [ -s "$place/sheet-2.jpg" ]; do sleep 0.05; done
            cp "$place/index.html" '\(root)/page.html'; printf '%s' '\(answer)' >"$place/answer.\(form)") &
            '\(programs)/by-hand' '\(desk)'
            """
        let outcome = try Tool.outcome("env", ["-u", "DISPLAY", "bash", "-c", script], input: text)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let heard = try JudgeAnswer(Data(outcome.output.utf8), to: question)
        #expect(heard.verdicts.map(\.score) == [2, 9.5, 2])
        #expect(heard.verdicts[1].reason == "chosen by hand")
        #expect(try Folder.names(in: desk).isEmpty)
        let page = root.appending("page.html")
        let html = String(decoding: try Descriptor.openRegular(page).read(1 << 20, at: 0, of: page), as: UTF8.self)
        #expect(html.contains("s &quot;first&quot; goal</h1>") && html.contains("sheet-2.jpg"))
        #expect(html.components(separatedBy: "type=\"number\"").count == 4)
    }
}
