import FoundationEssentials
import MomentsCore
import Testing

@Suite("styles in what programs exchange")
struct StyleContractTests {
    private func spec(_ options: JobOptions, _ style: ClipStyle? = nil) -> JobSpec {
        JobSpec(jobID: "j", source: "/v/a.mp4", name: "a.mp4", staging: "/s", options: options, style: style)
    }

    @Test("a worker is told every value, while options keep the name")
    func values() throws {
        var style = ClipStyle.minimalist
        style.name = try #require(StyleName(rawValue: "house"))
        style.look.colors.accent = HexColor(0x00AB01)
        var options = JobOptions()
        options.product = ProductOptions(name: "A", style: style.name)
        let written = try MomentsJSON.line(spec(options, style))
        let text = String(decoding: written, as: UTF8.self)
        #expect(text.contains(##""accent":"#00AB01""##) && text.contains(#""style":"house""#))
        let read = try MomentsJSON.decode(JobSpec.self, from: written)
        #expect(read.style == style && read.options.styleInEffect == style.name && read.longestShot == 8)
    }

    @Test("a job that was written before styles had values has those of the style that ships")
    func old() throws {
        var options = JobOptions()
        options.product = ProductOptions(name: "A", style: .energetic)
        let values = "\"style\":" + String(decoding: try MomentsJSON.line(ClipStyle.energetic), as: UTF8.self).trimmed
        let text = String(decoding: try MomentsJSON.line(spec(options)), as: UTF8.self)
        let old = text.replacing("," + values, with: "").replacing(values + ",", with: "")
        #expect(old.utf8.count < text.utf8.count)
        #expect(try MomentsJSON.decode(JobSpec.self, from: Data(old.utf8)).style == .energetic)
    }

    @Test(
        "a name is a file's: no path, nothing hidden, nothing that nobody sees",
        arguments: [
            "", ".modern", "../modern", "a/b", "a\nb", "a\u{202E}b", String(repeating: "x", count: 101),
        ]
    )
    func hostile(name: String) throws {
        #expect(StyleName(rawValue: name) == nil)
        let written = try MomentsJSON.line([name])
        #expect(throws: DecodingError.self) { _ = try MomentsJSON.decode([StyleName].self, from: written) }
    }

    @Test("colours are read as pages write them, and nothing else is")
    func colors() {
        #expect(HexColor("#0a0B0c")?.text == "#0A0B0C")
        for text in ["0A0B0C", "#0A0B0", "#0A0B0C0", "#+A0B0C", "#ÀA0B0", "#", ""] { #expect(HexColor(text) == nil) }
        #expect(abs(HexColor(0).contrast(to: HexColor(0xFFFFFF)) - 21) < 0.001)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
