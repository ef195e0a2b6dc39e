internal import CLibAV
internal import MomentsCore

/// A frame's brightness at a reduced size: enough to tell whether two frames are the same one.
public struct FrameSketch: Hashable, Sendable {
    /// Width of the sketch.
    public let width: Int
    /// Height of the sketch.
    public let height: Int
    private let values: [UInt8]

    /// Reduces a frame whose brightness stands in a plane of its own.
    ///
    /// - Parameters:
    ///   - frame: A YUV or grey frame of 8 to 16 bits; nothing else is compared.
    ///   - limit: The most values kept; each is the mean of a square.
    public init(_ frame: borrowing Frame, limit: Int) {
        // A mean of four at least: grain is no part of what a frame shows.
        var side = min(2, frame.width, frame.height)
        while frame.width / side * (frame.height / side) > limit { side += 1 }
        (width, height) = (frame.width / side, frame.height / side)
        let component = av_pix_fmt_desc_get(AVPixelFormat(frame.raw.pointee.format))?.pointee.comp.0
        let stride = Int(frame.raw.pointee.linesize.0)
        guard let plane = frame.raw.pointee.data.0, let component, stride > 0, width > 0, height > 0 else {
            values = []
            return
        }
        let lines = UnsafeBufferPointer(start: plane, count: stride * frame.height)
        let isDeep = component.depth > 8
        values = Self.reduce(
            lines,
            stride: stride,
            side: side,
            (width, height),
            isDeep: isDeep,
            shift: isDeep ? Int(component.depth) - 8 : 0
        )
    }

    private static func reduce(
        _ lines: UnsafeBufferPointer<UInt8>,
        stride: Int,
        side: Int,
        _ size: (width: Int, height: Int),
        isDeep: Bool,
        shift: Int
    ) -> [UInt8] {
        var values = [UInt8](repeating: 0, count: size.width * size.height)
        var sums = [UInt32](repeating: 0, count: size.width)
        // A square of 64 × 64 values of 16 bits still fits into 32; larger ones would need frames beyond any limit.
        let area = UInt32(side * side) << UInt32(shift)
        for row in 0..<size.height {
            for column in sums.indices { sums[column] = 0 }
            for line in row * side..<(row + 1) * side {
                let start = line * stride
                for column in 0..<size.width {
                    var sum: UInt32 = 0
                    for place in column * side..<(column + 1) * side {
                        let value =
                            isDeep
                            ? UInt32(lines[start + 2 * place]) | UInt32(lines[start + 2 * place + 1]) << 8
                            : UInt32(lines[start + place])
                        sum &+= value
                    }
                    sums[column] &+= sum
                }
            }
            for column in sums.indices { values[row * size.width + column] = UInt8(clamping: sums[column] / area) }
        }
        return values
    }

    /// Whether hardly anything is to be seen.
    public var isBlack: Bool {
        !values.isEmpty && values.reduce(0) { $0 + Int($1) } < 24 * values.count && (values.max() ?? 0) < 48
    }

    /// How alike two sketches are: their structural similarity (Wang et al., 2004) over squares of 8 × 8, 1 for equal
    /// ones.
    ///
    /// - Parameter other: A sketch made with the same limit.
    /// - Returns: The mean over all squares, −1…1; 0 where the sizes differ.
    public func similarity(to other: FrameSketch) -> Double {
        guard (width, height) == (other.width, other.height), values.count == other.values.count, !values.isEmpty else {
            return 0
        }
        var (sum, count) = (0.0, 0)
        let (across, down) = (min(8, width), min(8, height))
        for top in stride(from: 0, through: height - down, by: 4) {
            for left in stride(from: 0, through: width - across, by: 4) {
                sum += similarity(to: other, left, top, across, down)
                count += 1
            }
        }
        return sum / Double(count)
    }

    private func similarity(to other: FrameSketch, _ left: Int, _ top: Int, _ across: Int, _ down: Int) -> Double {
        var (a, b, aa, bb, ab) = (0, 0, 0, 0, 0)
        for row in top..<top + down {
            for place in row * width + left..<row * width + left + across {
                let (x, y) = (Int(values[place]), Int(other.values[place]))
                a &+= x
                b &+= y
                aa &+= x &* x
                bb &+= y &* y
                ab &+= x &* y
            }
        }
        let n = Double(across * down)
        let (meanA, meanB) = (Double(a) / n, Double(b) / n)
        let varianceA = Double(aa) / n - meanA * meanA
        let varianceB = Double(bb) / n - meanB * meanB
        let covariance = Double(ab) / n - meanA * meanB
        // (0.01 · 255)² and (0.03 · 255)² keep flat squares from dividing by nothing.
        let (c1, c2) = (6.5025, 58.5225)
        return (2 * meanA * meanB + c1) * (2 * covariance + c2)
            / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
    }
}

extension FrameSketch: Codable {
    private enum CodingKeys: String, CodingKey {
        case width
        case height
        case values
    }

    /// Writes the values as hexadecimal text: a list of numbers would take four times the room, and far longer to read.
    public func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(FilePath.hexadecimal(values), forKey: .values)
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Swift.Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        width = try container.decode(Int.self, forKey: .width)
        height = try container.decode(Int.self, forKey: .height)
        let digits = Array(try container.decode(String.self, forKey: .values).utf8)
        let nibble = { (digit: UInt8) -> UInt8 in digit < 0x3a ? digit &- 0x30 : digit &- 0x57 }
        values = stride(from: 0, to: digits.count - 1, by: 2).map {
            nibble(digits[$0]) << 4 | nibble(digits[$0 + 1]) & 15
        }
        guard width >= 0, height >= 0, values.count == width * height else {
            throw DecodingError.dataCorruptedError(forKey: .values, in: container, debugDescription: "not that many")
        }
    }
}
