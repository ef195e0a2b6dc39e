internal import Foundation
internal import MomentsCore

/// The four numbers of a track's display matrix that turn and mirror: x' = a·x + c·y, y' = b·x + d·y.
struct DisplayMatrix: Sendable {
    let a: Int32
    let b: Int32
    let c: Int32
    let d: Int32

    static let quarter = DisplayMatrix(a: 0, b: 1, c: -1, d: 0)
    static let half = DisplayMatrix(a: -1, b: 0, c: 0, d: -1)
    static let threeQuarters = DisplayMatrix(a: 0, b: -1, c: 1, d: 0)
    static let mirrored = DisplayMatrix(a: -1, b: 0, c: 0, d: 1)
    /// Mirrored left to right, then turned a quarter.
    static let mirroredQuarter = DisplayMatrix(a: 0, b: -1, c: -1, d: 0)

    /// Writes it into the first track's header; versions of ffmpeg disagree about the sign of their own option.
    func write(into path: FilePath) throws {
        let url = URL(fileURLWithPath: path.text)
        var data = try Data(contentsOf: url)
        guard let header = data.range(of: Data("tkhd".utf8)) else { throw CocoaError(.fileReadCorruptFile) }
        var bytes = Data()
        for (value, unit) in [(a, 16), (b, 16), (0, 0), (c, 16), (d, 16)] as [(Int32, Int32)] {
            withUnsafeBytes(of: (value << unit).bigEndian) { bytes.append(contentsOf: $0) }
        }
        let start = header.lowerBound + 44
        data.replaceSubrange(start..<start + bytes.count, with: bytes)
        try data.write(to: url)
    }
}
