/// Which pixels of a picture belong to something, row by row from the upper left: so many do not, so many do, and so on.
public struct RunLengths: Hashable, Codable, Sendable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Lengths of runs of pixels that do not and that do, in turn; the first does not, and is 0 where the first pixel does.
    public let runs: [Int]

    /// Makes runs of pixels that belong.
    ///
    /// - Parameters:
    ///   - width: The picture's.
    ///   - height: The picture's.
    ///   - ranges: Pixels by their number, rising, none twice.
    public init(width: Int, height: Int, _ ranges: some Sequence<Range<Int>>) {
        (self.width, self.height) = (width, height)
        var (runs, end) = ([0], 0)
        for range in ranges where !range.isEmpty {
            precondition(range.lowerBound >= end && range.upperBound <= width * height, "runs rise, inside the picture")
            if range.lowerBound == end, runs.count.isMultiple(of: 2) {
                runs[runs.count - 1] += range.count
            } else if end == 0, range.lowerBound == 0 {
                runs.append(range.count)
            } else {
                if runs.count == 1 { runs[0] = range.lowerBound } else { runs.append(range.lowerBound - end) }
                runs.append(range.count)
            }
            end = range.upperBound
        }
        let rest = width * height - end
        if runs.count == 1 { runs[0] = rest } else if rest > 0 { runs.append(rest) }
        self.runs = runs
    }

    /// Makes runs of a picture in which each pixel says whether it belongs.
    public init(width: Int, height: Int, pixels: [Bool]) {
        precondition(pixels.count == width * height, "there is one for each pixel")
        self.init(width: width, height: height, pixels.indices.lazy.filter { pixels[$0] }.map { $0..<$0 + 1 })
    }

    /// The pixels that belong, by their number.
    public var ranges: [Range<Int>] {
        var (ranges, place): ([Range<Int>], Int) = ([], 0)
        for (number, length) in runs.enumerated() {
            if !number.isMultiple(of: 2), length > 0 { ranges.append(place..<place + length) }
            place += length
        }
        return ranges
    }

    /// How many pixels belong.
    public var area: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Whether each pixel belongs.
    public var pixels: [Bool] {
        var pixels = [Bool](repeating: false, count: width * height)
        for range in ranges { for place in range { pixels[place] = true } }
        return pixels
    }
}
