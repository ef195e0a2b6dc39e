internal import MomentsCore
