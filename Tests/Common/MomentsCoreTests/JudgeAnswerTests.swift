import FoundationEssentials
import MomentsCore
import Testing

@Suite("what a judge answers")
struct JudgeAnswerTests {
    private static let question = JudgeQuestion(
        job: "a",
        want: "the goal",
        target: 4,
        duration: 6,
        windows: (1...3).map { .init(id: $0, start: 2 * Double($0 - 1), end: 2 * Double($0), score: 0.5) },
        sheets: [.init(path: "/sheet.jpg", windows: [1, 2, 3])]
    )

    @Test("the question is written as it is described")
    func question() throws {
        let line = String(decoding: try MomentsJSON.line(Self.question), as: UTF8.self)
        let start =
            #"{"duration":6,"job":"a","schema":"momentsd.judge/1","sheets":[{"path":"/sheet.jpg","windows":[1,2,3]}]"#
        #expect(
            line.hasPrefix(start + #","target":4,"want":"the goal","windows":[{"id":1,"in":0,"out":2,"reasons":[]"#)
        )
        #expect(try MomentsJSON.decode(JudgeQuestion.self, from: Data(line.utf8)) == Self.question)
    }

    @Test("scores come back in the question's order, with harmless reasons and what it cost")
    func good() throws {
        let text =
            #"{"scores":[{"id":3,"score":10,"reason":"a\u001b[31m goal"},{"id":1,"score":0},{"id":2,"score":4.5}],"#
        let answer = try JudgeAnswer(Data((text + #""cost":12}"#).utf8), to: Self.question)
        #expect(answer.verdicts.map(\.score) == [0, 4.5, 10])
        #expect(answer.verdicts.map(\.start) == [0, 2, 4])
        #expect(answer.verdicts[2].reason == "a\\u{1b}[31m goal")
        #expect(answer.cost == 12)
    }

    @Test(
        "what is no whole answer is refused with what is wrong",
        arguments: [
            ("", "it answered nothing"), ("I would take window 2.", "not the JSON asked for"),
            (#"{"scores":[{"id":1,"score":5}]}"#, "it gave window 2 no score"),
            (#"{"scores":[{"id":1,"score":5},{"id":2,"score":NaN},{"id":3,"score":1}]}"#, "not the JSON asked for"),
            (#"{"scores":[{"id":1,"score":11},{"id":2,"score":1},{"id":3,"score":1}]}"#, "is not from 0 to 10"),
            (#"{"scores":[{"id":1,"score":-1},{"id":2,"score":1},{"id":3,"score":1}]}"#, "is not from 0 to 10"),
            (
                #"{"scores":[{"id":1,"score":1},{"id":2,"score":1},{"id":3,"score":1},{"id":9,"score":1}]}"#,
                "it scored window 9, which nobody asked about"
            ),
            (
                #"{"scores":[{"id":1,"score":1},{"id":1,"score":2},{"id":2,"score":1},{"id":3,"score":1}]}"#,
                "it gave window 1 two scores"
            ),
            (
                #"{"scores":[{"id":1,"score":1},{"id":2,"score":1},{"id":3,"score":1}],"cost":-1}"#,
                "its cost is no number"
            ),
            (String(repeating: " ", count: JudgeAnswer.largest + 1), "it wrote more than 1024 KiB"),
        ]
    )
    func bad(text: String, reason: String) throws {
        let failure = try #require(throws: JudgeFailure.self) { try JudgeAnswer(Data(text.utf8), to: Self.question) }
        #expect(failure.what.contains(reason), "\(failure.what)")
    }
}
