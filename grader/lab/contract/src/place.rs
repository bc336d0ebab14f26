//! Where a type stands in a contract.

/// Where a type stands, and so what is allowed there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Towards the submission.
    pub inward: bool,
    position: Position,
    /// How many type parameters led here, each by the bounds of the one before.
    depth: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// An argument or a result of its own.
    Whole,
    /// Inside a container that is an argument or a result.
    Contained,
    /// What a closure returns.
    Answer,
    /// What a future, a stream or a closure gives or takes, and what a field holds.
    Enclosed,
}

/// More than any signature that a person can read.
const DEEPEST: u8 = 8;

impl Place {
    pub const ARGUMENT: Place = Place {
        inward: true,
        position: Position::Whole,
        depth: 0,
    };
    pub const RESULT: Place = Place {
        inward: false,
        position: Position::Whole,
        depth: 0,
    };
    pub const FIELD: Place = Place {
        inward: false,
        position: Position::Enclosed,
        depth: 0,
    };
    /// What an object gives when it is polled.
    pub const POLLED: Place = Place::FIELD;

    pub fn at(self, position: Position) -> Place {
        Place { position, ..self }
    }

    pub fn inside_a_container(self) -> Place {
        match self.position {
            Position::Whole | Position::Contained => self.at(Position::Contained),
            Position::Answer | Position::Enclosed => self.at(Position::Enclosed),
        }
    }

    pub fn takes_implementations(self) -> bool {
        self.position != Position::Enclosed
    }

    pub fn lends_objects(self) -> bool {
        self.inward && matches!(self.position, Position::Whole | Position::Contained)
    }

    pub fn views_data(self) -> bool {
        self.inward && self.position == Position::Whole
    }

    /// The other way: what a closure is called with comes from where the closure goes.
    pub fn back(self) -> Place {
        Place {
            inward: !self.inward,
            ..self
        }
    }

    pub fn deeper(self) -> Place {
        Place {
            depth: self.depth + 1,
            ..self
        }
    }

    pub fn is_deepest(self) -> bool {
        self.depth == DEEPEST
    }
}
