import Foundation
import Testing

@testable import MomentsAnalysis

@Suite("numbers written as bytes") struct PackedTests {
    private struct Record: Codable, Equatable {
        @Packed var curve: [Float] = []
        @Packed var ticks: [Int64] = []
    }

    @Test("what is read is what was written, bit for bit")
    func readsBack() throws {
        var record = Record()
        record.curve = [0, -0.0, 1 / 3, .infinity, .leastNonzeroMagnitude, 3e38]
        record.ticks = [.min, -1, 0, 1, .max]
        let text = try JSONEncoder().encode(record)
        let read = try JSONDecoder().decode(Record.self, from: text)
        #expect(read.curve.map(\.bitPattern) == record.curve.map(\.bitPattern))
        #expect(read.ticks == record.ticks)
        #expect(try JSONDecoder().decode(Record.self, from: JSONEncoder().encode(Record())) == Record())
    }

    @Test("a million numbers take less than six bytes each")
    func isSmall() throws {
        var record = Record()
        record.curve = (0..<1_000_000).map { Float($0).squareRoot() }
        #expect(try JSONEncoder().encode(record).count < 6_000_000)
    }

    @Test("a torn number is refused")
    func refusesTorn() {
        let torn = Data(#"{"curve":"AAAAAAA=","ticks":""}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Record.self, from: torn) }
    }
}
