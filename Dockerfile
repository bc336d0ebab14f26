# `grade` with a prebuilt course, for platforms that take images. Only building it downloads anything.
#
#   docker build -t grade .
#   docker run --rm --network none --read-only --tmpfs /tmp:exec -v "$PWD:/work:ro" grade exercise-3
#
# COURSE is a folder of a course below this one, instead of the one that is built in; EXERCISES are those that are wanted.
FROM rust:1.95-slim AS build
ARG COURSE=""
ARG EXERCISES=""
WORKDIR /src
COPY . .
RUN cargo build --locked --release
RUN target/release/grade export prebuilt $EXERCISES ${COURSE:+--course "$COURSE"} --output /course --quiet

FROM rust:1.95-slim
COPY --from=build /src/target/release/grade /opt/grade/grade
COPY --from=build /course /opt/grade/course
ENV GRADE_COURSE=/opt/grade/course
ENV GRADE_CACHE=/tmp/grade-cache
RUN useradd --create-home grader && chmod -R a+rX /opt/grade
# Shows in the build's log that the program starts, and on which layers of isolation it can rely there.
RUN /opt/grade/grade doctor
USER grader
WORKDIR /work
ENTRYPOINT ["/opt/grade/grade"]
CMD ["help"]
